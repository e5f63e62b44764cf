import { describe, expect, it } from 'vitest';
import { digestsIn } from './integrity.ts';

const EMPTY = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const EMPTY_IN_HEX = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function bundle(integrity: string): string {
  const url = new URL('https://paper.example/search/');
  url.hash = integrity;
  return url.href;
}

describe('the integrity of a bundle', () => {
  it('is in the fragment of its URL', () => {
    expect(digestsIn(bundle(EMPTY))).toBe(EMPTY_IN_HEX);
    expect(digestsIn(bundle(` ${EMPTY}\n ${EMPTY} `))).toBe(`${EMPTY_IN_HEX} ${EMPTY_IN_HEX}`);
  });

  it('need not be named', () => {
    expect(digestsIn('https://paper.example/search/')).toBeUndefined();
    expect(digestsIn(bundle(''))).toBeUndefined();
  });

  it.each(['sha384-abc', EMPTY.slice(0, -2), `${EMPTY} md5-1`, 'results'])('is not %s', (integrity) => {
    expect(() => digestsIn(bundle(integrity))).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });
});
