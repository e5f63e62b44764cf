/**
 * What the host must know of a bundle however often it opens it: `open()` puts it into the fragment of the bundle's URL.
 */
import { SouwenError } from './errors.ts';

const MEMORY = /memory=(\d+)$/u;

/** A bundle's URL with what `open()` was told of it in its fragment. */
export function withFragment(url: string, integrity: string | undefined, memory: number | undefined): string {
  if (integrity === undefined && memory === undefined) return url;
  const own = new URL(url);
  own.hash = `${integrity ?? own.hash}${memory === undefined ? '' : ` memory=${memory}`}`;
  return own.href;
}

/** How many bytes of what is fetched of a bundle are to be kept in memory, if its URL says so. */
export function memoryIn(url: string): number | undefined {
  const digits = MEMORY.exec(new URL(url).hash)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * The digests of the manifest that a bundle's URL names: in hexadecimal digits, with spaces between them. Nothing if it
 * names none.
 *
 * @throws {SouwenError} `invalid-argument` if it is none of SHA-256, or `unsupported-browser` on a page that
 *   has no means to make one.
 */
export function digestsIn(url: string): string | undefined {
  // A URL has no line breaks, and spaces in it are written out.
  const integrity = new URL(url).hash.slice(1).replace(MEMORY, '').replaceAll('%20', '');
  if (integrity === '') return undefined;
  if (!globalThis.crypto?.subtle) {
    throw new SouwenError('unsupported-browser', 'This page names a bundle by its digest, which is checked on pages that come over https only.');
  }
  const digests = integrity.match(/sha256-[A-Za-z0-9+/]{43}=/gu) ?? [];
  if (digests.join('') !== integrity) {
    throw new SouwenError('invalid-argument', `"${integrity}" is no integrity of a bundle; give it as souwen build has printed it: sha256-…`);
  }
  return digests.map(hexadecimal).join(' ');
}

function hexadecimal(digest: string): string {
  const bytes = atob(digest.slice('sha256-'.length));
  return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
