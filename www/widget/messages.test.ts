import { describe, expect, it } from 'vitest';
import { formatDate } from './dates.ts';
import { en, messagesFor, zhCN } from './messages.ts';

describe('messages', () => {
  it('follow the language, Chinese first', () => {
    expect(messagesFor('en-GB')).toBe(en);
    for (const language of ['', 'zh-CN', 'zh', 'fr', 'enx']) expect(messagesFor(language)).toBe(zhCN);
  });

  it('are complete in every language', () => {
    expect(Object.keys(en.errors).sort()).toEqual(Object.keys(zhCN.errors).sort());
    for (const messages of [zhCN, en]) {
      for (const text of Object.values(messages.errors)) expect(text).toMatch(/[。.]$/u);
    }
  });

  it('say when a count is a lower bound', () => {
    expect(zhCN.count(1200, true)).toBe('找到 1,200 篇报道');
    expect(zhCN.count(1200, false)).toBe('找到至少 1,200 篇报道');
  });
});

describe('formatDate', () => {
  it.each([
    ['2022-03-05', 'zh-CN', '2022年3月5日'],
    ['2022-03-05', 'en', 'March 5, 2022'],
    ['2022年春', 'zh-CN', '2022年春'],
  ])('%s in %s', (date, language, expected) => {
    expect(formatDate(date, language)).toBe(expected);
  });
});
