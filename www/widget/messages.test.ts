import { describe, expect, it } from 'vitest';
import { formatDate } from './dates.ts';
import { languageOf } from './language.ts';
import { loadWords, messagesFor, wordsFor } from './languages.ts';
import { en } from './messages.en.ts';
import { zhCN } from './messages.ts';
import type { Messages } from './messages.ts';
import { zhHK } from './messages.zh-hk.ts';
import { zhTW } from './messages.zh-tw.ts';
import { size } from './numbers.ts';

/** The names of all words, those inside others too. */
function names(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([name, inside]) =>
    typeof inside === 'object' && !Array.isArray(inside) ? names(inside as object, `${prefix}${name}.`) : [prefix + name],
  );
}

/** Every text, functions called with something. */
function texts(messages: Messages): string[] {
  const call = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'function') return [String((value as (...args: unknown[]) => unknown)(...sample(value.toString())))];
    return Object.values(value as object).flatMap(call);
  };
  return call(messages);
}

function sample(source: string): unknown[] {
  if (/values\.join/u.test(source)) return ['x', ['x']];
  return /\.join/u.test(source) ? [['x']] : [7, 9];
}

describe('messages', () => {
  it.each([
    ['en-GB', en],
    ['zh-CN', zhCN],
    ['zh', zhCN],
    ['zh-Hans-HK', zhCN],
    ['', zhCN],
    ['fr', zhCN],
    ['enx', zhCN],
    ['zh-TW', zhTW],
    ['zh_tw', zhTW],
    ['zh-Hant', zhTW],
    ['zh-HK', zhHK],
    ['zh-Hant-HK', zhHK],
    ['zh-MO', zhHK],
    ['yue', zhHK],
  ])('for “%s” are the right ones', async (language, expected) => {
    await loadWords(language);
    expect(wordsFor(language)).toBe(expected);
    expect(await messagesFor(language)).toBe(expected);
  });

  it.each([
    ['en', en],
    ['zh-TW', zhTW],
    ['zh-HK', zhHK],
  ])('are complete in %s', (_, messages) => {
    expect(names(messages).sort()).toEqual(names(zhCN).sort());
    for (const text of Object.values(messages.errors)) expect(text).toMatch(/[。.]$/u);
    for (const text of texts(messages)) expect(text).not.toContain('undefined');
  });

  it('are traditional where they should be, in Hong Kong’s words or Taiwan’s', () => {
    // Characters of which no traditional text has any.
    const simplified = (messages: Messages): string[] => texts(messages).filter((text) => /[个这说时间网页标题报寻选择条储数据没开关检]/u.test(text));
    expect(simplified(zhCN).length).toBeGreaterThan(20);
    expect(simplified(zhTW)).toEqual([]);
    expect(simplified(zhHK)).toEqual([]);
    expect(texts(zhHK).filter((text) => /報導|網路|重新整理/u.test(text))).toEqual([]);
    expect(texts(zhTW).filter((text) => /報道|網絡/u.test(text))).toEqual([]);
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

describe('languageOf', () => {
  it('asks outside of the shadow tree that it stands in', () => {
    const outer = { closest: () => ({ getAttribute: () => 'zh-HK' }) };
    const inner = { closest: () => null, getRootNode: () => ({ host: outer }) };
    expect(languageOf(inner as unknown as Element)).toBe('zh-HK');
    expect(languageOf({ closest: () => null, getRootNode: () => ({}) } as unknown as Element)).toBe('zh-CN');
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

describe('size', () => {
  it.each([
    [1, '1 KB'],
    [640_000, '640 KB'],
    [3_240_000, '3.2 MB'],
    [1_234_000_000, '1,234 MB'],
  ])('%d bytes are %s', (bytes, expected) => expect(size(bytes)).toBe(expected));
});
