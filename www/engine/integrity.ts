import { SouwenError } from './errors.ts';

/**
 * The digests of the manifest that a bundle's URL names in its fragment, where `open()` puts them: in
 * hexadecimal digits, with spaces between them. Nothing if it names none.
 *
 * @throws {SouwenError} `invalid-argument` if it is none of SHA-256, or `unsupported-browser` on a page that
 *   has no means to make one.
 */
export function digestsIn(url: string): string | undefined {
  // A URL has no line breaks, and spaces in it are written out.
  const integrity = new URL(url).hash.slice(1).replaceAll('%20', '');
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
