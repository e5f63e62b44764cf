import { describe, expect, it } from 'vitest';
import { sampleHit } from '../engine/testing/samples.ts';
import type { Engine, SearchOptions, SearchResult } from '../engine/types.ts';
import type { SearchDetail } from './events.ts';
import { zhCN } from './messages.ts';
import { SearchController } from './search-controller.ts';

/** An engine that takes 何 for a slip of 河, finds one article for all that has no 龘, and fails so many times first. */
function stubEngine(failures = 0) {
  const asked: [query: string, correct: boolean | undefined][] = [];
  const search = async (query: string, { correct }: SearchOptions): Promise<SearchResult> => {
    asked.push([query, correct]);
    if (asked.length <= failures) throw Object.assign(new Error('gone'), { code: 'network' });
    const meant = query.replace('何', '河');
    const hits = query.includes('龘') ? [] : [sampleHit('a')];
    const corrections = meant === query ? [] : [{ query: meant, reason: 'sound' as const, applied: correct !== false }];
    return { total: hits.length, totalIsExact: true, hits, facets: {}, corrections, relaxed: null, tookMs: 1 };
  };
  return { asked, engine: { search, related: async (query: string) => [`${query}长`] } as unknown as Engine };
}

function controlled(engine: Engine) {
  const said: string[] = [];
  const heard: unknown[] = [];
  const host = Object.assign(new EventTarget(), { requestUpdate: () => undefined });
  host.addEventListener('souwen-search', (event) => {
    const { query, corrected, total } = (event as CustomEvent<SearchDetail>).detail;
    heard.push([query, corrected, total]);
  });
  host.addEventListener('souwen-error', () => heard.push('error'));
  const search = new SearchController(host, {
    engine: () => Promise.resolve(engine),
    messages: () => zhCN,
    limit: () => 10,
    say: (text) => said.push(text),
    answered: () => undefined,
  });
  return { search, said, heard };
}

describe('SearchController', () => {
  it('tells the answer by event and aloud, with the query that was searched instead', async () => {
    const { search, said, heard } = controlled(stubEngine().engine);
    await search.ask('河');
    await search.ask('何');
    await search.ask('龘');
    expect(heard).toEqual([['河', null, 1], ['何', '河', 1], ['龘', null, 0]]);
    expect(said).toEqual(['找到 1 篇报道', '搜索了“河”，找到 1 篇报道', '没有找到与“龘”有关的报道']);
  });

  it('asks the same but once', async () => {
    const { asked, engine } = stubEngine();
    const { search } = controlled(engine);
    await Promise.all([search.ask('河'), search.ask('河')]);
    await search.ask('河');
    expect(asked).toEqual([['河', true]]);
  });

  it('searches as typed until another query is asked', async () => {
    const { asked, engine } = stubEngine();
    const { search, heard } = controlled(engine);
    await search.ask('何');
    await search.ask('何', { asTyped: true });
    await search.ask('何');
    await search.ask('河');
    await search.ask('何');
    expect(asked).toEqual([['何', true], ['何', false], ['河', true], ['何', true]]);
    expect(heard.slice(0, 2)).toEqual([['何', '河', 1], ['何', null, 1]]);
  });

  it('tries as typed again what failed as typed', async () => {
    const { asked, engine } = stubEngine(1);
    const { search, said, heard } = controlled(engine);
    await search.ask('何', { asTyped: true });
    expect(heard).toEqual(['error']);
    expect(said).toEqual([zhCN.errors.network]);
    await search.ask('何');
    expect(asked).toEqual([['何', false], ['何', false]]);
  });

  it('asks what is related to the query that was searched', async () => {
    const { search } = controlled(stubEngine().engine);
    await search.ask('何');
    expect(search.related.queries).toEqual([]);
    await expect.poll(() => search.related.queries).toEqual(['河长']);
    await search.ask('');
    expect(search.related.queries).toEqual([]);
    expect(search.model.status).toBe('idle');
  });
});
