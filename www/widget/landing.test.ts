import { describe, expect, it } from 'vitest';
import { landingAddress, readLanding } from './landing.ts';

const hashOf = (url: string): string => new URL(url).hash;

describe('a landing', () => {
  it('is read as it was written', () => {
    const text = '今早6点，文渡桥头的围挡拆了。第一个走上桥的，是住在桥西的蒯老太。';
    const url = landingAddress('https://news.example/a.html?x=1', ['文渡桥', 'A&B=C#'], { text, marks: [[5, 8]] });
    expect(url.startsWith('https://news.example/a.html?x=1#')).toBe(true);
    expect(readLanding(hashOf(url))).toEqual({ needles: ['文渡桥', 'A&B=C#'], passage: text.slice(5, 29) });
  });

  it('is none without words, nor in an address that leads into a page already', () => {
    expect(landingAddress('https://news.example/a', [])).toBe('https://news.example/a');
    expect(landingAddress('https://news.example/a#/read/7', ['河'])).toBe('https://news.example/a#/read/7');
    for (const hash of ['', '#', '#/read/7', '#souwen-mark=', '#souwen-mark=%20', '#%']) expect(readLanding(hash)).toBeUndefined();
  });

  it('does not cut a character in two', () => {
    const text = `${'长'.repeat(23)}𠮷野家`;
    const url = landingAddress('https://news.example/a', ['长'], { text, marks: [[0, 1]] });
    expect(readLanding(hashOf(url))?.passage).toBe('长'.repeat(23));
  });

  it('has no more words than an address should', () => {
    const needles = Array.from({ length: 30 }, (_, index) => `词${index}`);
    expect(readLanding(hashOf(landingAddress('https://news.example/a', needles)))?.needles).toHaveLength(8);
  });
});
