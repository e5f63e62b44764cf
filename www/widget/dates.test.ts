import { describe, expect, it } from 'vitest';
import { formatDate } from './dates.ts';

describe('formatDate', () => {
  it.each([
    ['zh-CN', '2022年3月5日'],
    ['en', 'March 5, 2022'],
    // As pages write them, though they are no language tags.
    ['zh_CN', '2022年3月5日'],
    ['en_US', 'March 5, 2022'],
    ['中文', '2022年3月5日'],
    ['', '2022年3月5日'],
  ])('in a page whose lang is "%s" is %s', (language, expected) => {
    expect(formatDate('2022-03-05', language)).toBe(expected);
  });

  it('leaves other text as it is', () => {
    expect(formatDate('三月五日', 'zh-CN')).toBe('三月五日');
  });
});
