import { describe, expect, it } from 'vitest';
import { RecentSearches } from './recent-searches.ts';

function memory(text?: string) {
  const kept = new Map<string, string>(text === undefined ? [] : [['souwen-recent', text]]);
  return {
    kept,
    store: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
  };
}

describe('RecentSearches', () => {
  it('has the latest first, each once, eight at most', () => {
    const { store } = memory();
    const recent = new RecentSearches(() => store);
    for (const query of ['一', '二', '三', '四', '五', '六', '七', '八', '九', '四', '']) recent.add(query);
    expect(recent.queries).toEqual(['四', '九', '八', '七', '六', '五', '三', '二']);
    recent.remove('九');
    expect(recent.queries).not.toContain('九');
    expect(new RecentSearches(() => store).queries).toEqual(recent.queries);
  });

  it('leaves nothing behind once cleared', () => {
    const { store, kept } = memory();
    const recent = new RecentSearches(() => store);
    recent.add('河');
    recent.clear();
    expect([recent.queries, kept.size]).toEqual([[], 0]);
  });

  it('keeps none while turned off, and forgets what it had', () => {
    const { store, kept } = memory();
    const recent = new RecentSearches(() => store);
    recent.add('河');
    recent.turn(false);
    recent.add('桥');
    expect([recent.queries, recent.off]).toEqual([[], true]);
    expect([...kept.values()].join()).not.toMatch(/河|桥/u);
    recent.turn(true);
    recent.add('桥');
    expect(recent.queries).toEqual(['桥']);
  });

  it('does not keep a pasted page', () => {
    const { store } = memory();
    const recent = new RecentSearches(() => store);
    recent.add('长'.repeat(61));
    expect(recent.queries).toEqual([]);
  });

  it.each(['', '[]', 'null', '{"queries":7}', '{"queries":[1,"河",null]}', '{'])('takes “%s” for what it is', (text) => {
    const recent = new RecentSearches(() => memory(text).store);
    expect(recent.queries).toEqual(text.includes('河') ? ['河'] : []);
    expect(recent.off).toBe(false);
  });

  it('is empty where a browser keeps nothing', () => {
    const recent = new RecentSearches(() => {
      throw new Error('forbidden');
    });
    recent.add('河');
    recent.clear();
    expect(recent.queries).toEqual([]);
  });
});
