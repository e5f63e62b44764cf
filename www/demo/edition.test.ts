import { describe, expect, it } from 'vitest';
import { sampleHit } from '../engine/testing/samples.ts';
import type { Hit } from '../engine/types.ts';
import { layOut, leadCandidates } from './edition.ts';
import { readingOf } from '../widget/reading-address.ts';
import { longDate, readingAddress } from './front-page.ts';

const hit = (id: string, rest: Partial<Hit> = {}): Hit => sampleHit(id, { date: '2025-01-02', section: '要闻', ...rest });

const ids = (hits: readonly Hit[]) => hits.map((one) => one.id);

describe('leadCandidates', () => {
  it('are stories of the newest day that has any', () => {
    const hits = [
      hit('photo', { kind: 'photo', date: '2025-01-03' }),
      hit('untitled', { title: { text: ' ', marks: [] }, date: '2025-01-03' }),
      hit('a'),
      hit('b'),
      hit('c'),
      hit('older', { date: '2025-01-01' }),
    ];
    expect(ids(leadCandidates(hits, 9))).toEqual(['a', 'b', 'c']);
    expect(ids(leadCandidates(hits, 2))).toEqual(['a', 'b']);
    expect(leadCandidates([], 2)).toEqual([]);
  });
});

describe('layOut', () => {
  it('gives every article one place', () => {
    const hits = Array.from({ length: 15 }, (_, index) => hit(`a${index}`, index > 12 ? { section: '民生' } : {}));
    const edition = layOut(hits, hits[1]);
    expect(edition.lead?.id).toBe('a1');
    expect(ids(edition.seconds)).toEqual(['a0', 'a2']);
    expect(ids(edition.digest)).toEqual(['a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9', 'a10', 'a11']);
    expect(edition.blocks.map((block) => [block.section, ids(block.hits)])).toEqual([
      ['民生', ['a13', 'a14']],
      ['要闻', ['a12']],
    ]);
  });

  it('keeps photos, tables and what has no headline out of the stories', () => {
    const hits = [hit('p', { kind: 'photo' }), hit('n', { title: { text: ' ', marks: [] } }), hit('t', { kind: 'table' }), hit('a')];
    const edition = layOut(hits, undefined);
    expect(ids(edition.photos)).toEqual(['p']);
    expect(ids(edition.seconds)).toEqual(['a']);
  });

  it('puts articles without a section last', () => {
    const hits = Array.from({ length: 17 }, (_, index) => hit(`a${index}`, { section: index > 15 ? '民生' : '' }));
    expect(layOut(hits, undefined).blocks.map((block) => block.section)).toEqual(['民生', '综合']);
  });

  it('lays out nothing when there is nothing', () => {
    expect(layOut([], undefined)).toEqual({ date: undefined, lead: undefined, seconds: [], digest: [], photos: [], blocks: [] });
  });
});

describe('the front page', () => {
  it.each([
    ['2025-12-17', '2025年12月17日 星期三 农历十月廿八'],
    ['2025-01-29', '2025年1月29日 星期三 农历正月初一'],
    ['2025-01-28', '2025年1月28日 星期二 农历腊月廿九'],
    ['2025-12-19', '2025年12月19日 星期五 农历十月三十'],
    ['2025-02-17', '2025年2月17日 星期一 农历正月二十'],
    ['2025-02-07', '2025年2月7日 星期五 农历正月初十'],
    ['昨天', '昨天'],
  ])('writes %s in full', (date, expected) => {
    expect(longDate(date)).toBe(expected);
  });

  it('gives every article an address, and reads it back', () => {
    for (const id of ['a1', '2025/01-01#3', '百分%号']) expect(readingOf(readingAddress(id))).toBe(id);
  });
});
