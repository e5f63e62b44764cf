import { describe, expect, it } from 'vitest';
import { formatDate } from './dates.ts';
import { en, messagesFor, zhCN } from './messages.ts';
import type { Messages } from './messages.ts';

describe('messages', () => {
  it('follow the language, Chinese first', () => {
    expect(messagesFor('en-GB')).toBe(en);
    for (const language of ['', 'zh-CN', 'zh', 'fr', 'enx']) expect(messagesFor(language)).toBe(zhCN);
  });

  it('are complete in every language', () => {
    expect(Object.keys(en.errors).sort()).toEqual(Object.keys(zhCN.errors).sort());
    const keys = (messages: Messages): string[] => Object.keys(messages).sort();
    expect(keys(en)).toEqual(keys(zhCN));
    for (const messages of [zhCN, en]) {
      for (const text of Object.values(messages.errors)) expect(text).toMatch(/[。.]$/u);
    }
  });

  it('say when a count is a lower bound', () => {
    expect(zhCN.count(1200, true)).toBe('找到 1,200 篇报道');
    expect(zhCN.count(1200, false)).toBe('找到至少 1,200 篇报道');
  });

  it('say how many articles have all words of the query', () => {
    expect(zhCN.relaxed(1, 8)).toBe('1 篇含有全部词语，另有 8 篇只含部分');
    expect(zhCN.relaxed(0, 1200)).toBe('没有报道含有全部词语，以下 1,200 篇只含部分');
    expect(zhCN.missing(['夜市', '藕'])).toBe('不含：夜市、藕');
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
