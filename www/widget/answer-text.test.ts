import { describe, expect, it } from 'vitest';
import type { Correction, SearchResult } from '../engine/types.ts';
import { errorText, spokenAnswer } from './answer-text.ts';
import { en } from './messages.en.ts';
import { zhCN } from './messages.ts';

const applied: Correction = { query: '夜市', reason: 'sound', applied: true };
const offered: Correction = { query: '夜校', reason: 'sound', applied: false };

const answer = (total: number, corrections: readonly Correction[] = []): SearchResult => ({
  total,
  totalIsExact: true,
  hits: [],
  facets: {},
  corrections,
  relaxed: null,
  tookMs: 0,
});

describe('spokenAnswer', () => {
  it.each<[string, SearchResult, string]>([
    ['a count', answer(3), '找到 3 篇报道'],
    ['nothing', answer(0), '没有找到与“夜事”有关的报道'],
    ['what was searched instead', answer(3, [applied]), '搜索了“夜市”，找到 3 篇报道'],
    ['what else may be meant', answer(0, [offered]), '没有找到与“夜事”有关的报道; 您要找的是不是：夜校'],
    ['both', answer(3, [applied, offered]), '搜索了“夜市”，找到 3 篇报道; 您要找的是不是：夜校'],
  ])('says %s', (_what, result, expected) => {
    expect(spokenAnswer(zhCN, '夜事', result)).toBe(expected);
  });

  it('says it in English with spaces', () => {
    expect(spokenAnswer(en, 'libary', answer(1, [{ ...applied, query: 'library' }]))).toBe(
      'Showing results for “library”. 1 article',
    );
  });
});

describe('errorText', () => {
  it('knows codes, and has words for what is none', () => {
    expect(errorText(zhCN, { code: 'network' })).toBe(zhCN.errors.network);
    for (const error of [undefined, null, 'x', { code: 'toString' }, { code: 7 }]) {
      expect(errorText(zhCN, error)).toBe(zhCN.errors.unknown);
    }
  });
});
