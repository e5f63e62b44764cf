/**
 * What the page fetches while the worker's script is still on its way: on a slow line each step that
 * waits for the one before it costs half a second.
 */
import { compile } from './compile.ts';
import type { OnProgress, WasmFile } from './compile.ts';
import type { Source } from './protocol.ts';

/** What a host need not fetch any more; nothing of it is certain to be there. */
export interface Early {
  readonly module?: WebAssembly.Module | undefined;
  /** The text of the bundle's manifest. */
  readonly manifest?: string | undefined;
  /** The index that it names. */
  readonly index?: Uint8Array | undefined;
  /** Whether there is no cache of bundles (yet): nothing need be looked for in it. */
  readonly fresh?: boolean | undefined;
}

/** The cache that holds bundles, as the wasm package's `platform.rs` names it. */
const CACHE = 'souwen-1';

/** An index larger than so many bytes is left to the host, since it would be copied on its way there. */
const LARGEST = 4 << 20;

/**
 * Fetches what an opening will need. It never fails: what could not be had is left out, and the host
 * fetches it itself and says what is wrong. `onProgress` is told of the module, by far the largest.
 */
export async function early(source: Source, wasm: WasmFile, onProgress?: OnProgress): Promise<Early> {
  if (wasm.url.protocol === 'file:') return {};
  const [module, bundle] = await Promise.all([
    compile(wasm, onProgress).catch(() => undefined),
    typeof source === 'string' ? fetchBundle(source) : undefined,
  ]);
  return { module, ...bundle };
}

async function fetchBundle(source: string): Promise<Early> {
  const manifestUrl = manifestOf(source);
  // Asked while the manifest is on its way: to look into the cache may take as long as a request.
  const isFresh = hasNoCache();
  const manifest = await fetchManifest(manifestUrl).catch(() => undefined);
  const fresh = await isFresh;
  if (manifest === undefined) return { fresh };
  return { manifest, fresh, index: await fetchIndex(manifestUrl, manifest, fresh).catch(() => undefined) };
}

async function fetchManifest(url: string): Promise<string | undefined> {
  const response = await fetch(url, { cache: 'no-cache' });
  return response.ok ? response.text() : undefined;
}

/** Whether there is no cache of bundles, for certain. */
async function hasNoCache(): Promise<boolean> {
  // None at all where the page is not served over https.
  if (typeof caches === 'undefined') return true;
  try {
    return !(await caches.has(CACHE));
  } catch {
    return false;
  }
}

/** The index's bytes, unless the host has them in the cache or the manifest is none: it will say so. */
async function fetchIndex(manifestUrl: string, manifest: string, fresh: boolean): Promise<Uint8Array | undefined> {
  const { index } = JSON.parse(manifest) as { index?: { file?: unknown; bytes?: unknown } };
  if (typeof index?.file !== 'string' || /[/\\:]/u.test(index.file)) return undefined;
  if (typeof index.bytes !== 'number' || index.bytes > LARGEST) return undefined;
  const url = new URL(index.file, manifestUrl).href;
  if (!fresh && (await caches.match(url))) return undefined;
  const response = await fetch(url);
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
}

/** The address of the manifest: of a bundle's folder, or of the manifest itself. */
function manifestOf(source: string): string {
  const [folder = ''] = source.split(/[?#]/u, 1);
  if (folder.endsWith('/souwen.json')) return folder;
  return `${folder}${folder.endsWith('/') ? '' : '/'}souwen.json`;
}
