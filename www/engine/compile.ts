import { SouwenError } from './errors.ts';
import { goneError } from './replaced.ts';
import type { DownloadProgress } from './types.ts';

/** A wasm file of so many bytes. */
export interface WasmFile {
  readonly url: URL;
  readonly bytes: number;
}

/** Is told how much of a file has come. */
export type OnProgress = (progress: DownloadProgress) => void;

/** A file's compiled module; compiles while it loads where the server's MIME type allows it. */
export async function compile({ url, bytes }: WasmFile, onProgress?: OnProgress): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== 'object') {
    throw new SouwenError('unsupported-browser', 'This browser has no WebAssembly; use a newer one.');
  }
  if (url.protocol === 'file:') return compileFile(url);
  const response = await fetchOk(url);
  if (onProgress) void watch(response.clone(), bytes, onProgress);
  try {
    const mime = response.headers.get('content-type') ?? '';
    if (mime.startsWith('application/wasm') && 'compileStreaming' in WebAssembly) {
      return await WebAssembly.compileStreaming(response);
    }
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    // A body that breaks off is the network's fault; a compiler that says no to a whole file is the
    // browser's (too old), or the page's, whose content security policy must allow 'wasm-unsafe-eval'.
    if (cause instanceof WebAssembly.CompileError) {
      if ((await lengthOf(url)) !== bytes) {
        throw new SouwenError('bundle-damaged', `${url.href} is not whole; upload the whole bundle folder again.`, { cause });
      }
      throw new SouwenError('unsupported-browser', `WebAssembly could not be compiled: ${cause.message}`, { cause });
    }
    throw new SouwenError('network', `Loading ${url.href} broke off.`, { cause });
  }
}

/** Counts a response's bytes as they come: of a copy, since browsers keep what they compiled only of responses from the network. */
async function watch(copy: globalThis.Response, total: number, onProgress: OnProgress): Promise<void> {
  const reader = copy.body?.getReader();
  if (!reader) return;
  try {
    for (let loaded = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      loaded += value.length;
      onProgress({ loaded, total });
    }
  } catch {
    // Whoever compiles it says what is wrong.
  }
}

async function fetchOk(url: URL): Promise<globalThis.Response> {
  let response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new SouwenError('network', `${url.href} could not be reached.`, { cause });
  }
  const { ok, status } = response;
  if (ok) return response;
  if (status === 404 || status === 410) throw await goneError(url);
  throw new SouwenError('network', `${url.href} answered ${status}; try again in a moment.`);
}

/** The length of the file that was refused, most likely out of the browser's cache. */
async function lengthOf(url: URL): Promise<number> {
  const body = await (await fetchOk(url)).arrayBuffer();
  return body.byteLength;
}

/** Node's `fetch` knows no files; ask for its file system without an import that bundlers would follow. */
async function compileFile(url: URL): Promise<WebAssembly.Module> {
  type Fs = { promises: { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> } };
  const { process } = globalThis as { process?: { getBuiltinModule?(id: string): Fs } };
  const fs = process?.getBuiltinModule?.('node:fs');
  if (!fs) throw new SouwenError('unsupported-browser', 'A page opened from a file cannot load WebAssembly; serve it.');
  return WebAssembly.compile(await fs.promises.readFile(url));
}
