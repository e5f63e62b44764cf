import { describe, expect, it } from 'vitest';
import { readingOf, shareAddress } from './reading-address.ts';

const page = 'https://news.example/?q=河#old';

describe('the address of an article in the reader', () => {
  it('is its own page where it has one', () => {
    expect(shareAddress({ id: 'a', url: '/a.html' }, page, page)).toBe('https://news.example/a.html');
  });

  it('is this page with the article open where it has none, or no safe one', () => {
    for (const url of ['', 'javascript:alert(1)']) {
      const shared = shareAddress({ id: '甲/7&x', url }, page, page);
      expect(readingOf(new URL(shared).hash)).toBe('甲/7&x');
      expect(shared.startsWith('https://news.example/?q=')).toBe(true);
    }
  });

  it('is not in other fragments', () => {
    for (const hash of ['', '#', '#top', '#/read/a', '#souwen-read=']) expect(readingOf(hash)).toBeUndefined();
  });
});
