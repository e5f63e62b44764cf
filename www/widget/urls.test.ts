import { describe, expect, it } from 'vitest';
import { safeUrl } from './urls.ts';

const BASE = 'https://news.example/a/';

describe('safeUrl', () => {
  it.each([
    ['https://other.example/x?y#z', 'https://other.example/x?y#z'],
    ['http://other.example/', 'http://other.example/'],
    ['../b.html', 'https://news.example/b.html'],
    ['/c', 'https://news.example/c'],
    ['//cdn.example/d', 'https://cdn.example/d'],
  ])('lets %s through', (url, expected) => {
    expect(safeUrl(url, BASE)).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://news.example/1',
    'https://',
    '',
    null,
    undefined,
  ])('stops %s', (url) => {
    expect(safeUrl(url, BASE)).toBeUndefined();
  });
});
