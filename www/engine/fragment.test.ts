import { describe, expect, it } from 'vitest';
import { digestsIn, memoryIn, withFragment } from './fragment.ts';

const EMPTY = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const EMPTY_IN_HEX = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function bundle(integrity: string): string {
  const url = new URL('https://paper.example/search/');
  url.hash = integrity;
  return url.href;
}

describe('the fragment of a bundle', () => {
  it('names its integrity and how much of it is kept in memory', () => {
    const url = 'https://paper.example/search/';
    expect(withFragment(url, undefined, undefined)).toBe(url);
    const both = withFragment(url, ` ${EMPTY}\n${EMPTY}`, 4_000_000);
    expect([digestsIn(both), memoryIn(both)]).toEqual([`${EMPTY_IN_HEX} ${EMPTY_IN_HEX}`, 4_000_000]);
    const memory = withFragment(url, undefined, 0);
    expect([digestsIn(memory), memoryIn(memory)]).toEqual([undefined, 0]);
    // An address may bring its integrity itself.
    const own = withFragment(bundle(EMPTY), undefined, 7);
    expect([digestsIn(own), memoryIn(own)]).toEqual([EMPTY_IN_HEX, 7]);
    expect(memoryIn(bundle(EMPTY))).toBeUndefined();
  });
});

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
