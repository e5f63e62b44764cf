import { describe, expect, it } from 'vitest';
import { sampleHit } from '../engine/testing/samples.ts';
import type { Engine, SearchResult } from '../engine/types.ts';
import { SearchModel } from './search-model.ts';

const result = (ids: string[], total = ids.length): SearchResult => ({
  total,
  totalIsExact: true,
  hits: ids.map((id) => sampleHit(id)),
  facets: {},
  corrections: [],
  relaxed: null,
  tookMs: 0,
});

/** An engine whose answers the test gives by hand, in any order. */
function manualEngine() {
  const asked: { query: string; offset: number | undefined; correct: boolean | undefined; signal: AbortSignal; answer: (r: SearchResult) => void; fail: (e: unknown) => void }[] = [];
  const engine = {
    search: (query: string, options: { offset?: number; correct?: boolean; signal: AbortSignal }) =>
      new Promise<SearchResult>((answer, fail) => {
        asked.push({ query, offset: options.offset, correct: options.correct, signal: options.signal, answer, fail });
      }),
  } as unknown as Engine;
  return { asked, open: () => Promise.resolve(engine) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('SearchModel', () => {
  it('goes from loading to results', async () => {
    const { asked, open } = manualEngine();
    const seen: string[] = [];
    const model = new SearchModel(() => seen.push(`${model.status}${model.busy ? '…' : ''}`));
    const done = model.run(open, '河', 10);
    await turn();
    asked[0]?.answer(result(['a', 'b']));
    expect((await done)?.total).toBe(2);
    expect(model).toMatchObject({ status: 'results', shownQuery: '河', busy: false });
    expect(model.hits.map((one) => one.id)).toEqual(['a', 'b']);
    expect(seen).toEqual(['loading…', 'results']);
  });

  it('never shows an answer that a newer query has overtaken, whatever the order', async () => {
    const { asked, open } = manualEngine();
    const model = new SearchModel(() => undefined);
    const first = model.run(open, '河', 10);
    await turn();
    const second = model.run(open, '河水', 10);
    await turn();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[1]?.answer(result(['new']));
    await second;
    asked[0]?.answer(result(['stale']));
    expect(await first).toBeUndefined();
    expect(model.hits.map((one) => one.id)).toEqual(['new']);
  });

  it('keeps showing the old hits until the new ones are there', async () => {
    const { asked, open } = manualEngine();
    const model = new SearchModel(() => undefined);
    const first = model.run(open, '河', 10);
    await turn();
    asked[0]?.answer(result(['a']));
    await first;
    void model.run(open, '河水', 10);
    await turn();
    expect(model).toMatchObject({ status: 'results', busy: true, shownQuery: '河', query: '河水' });
    expect(model.hits).toHaveLength(1);
  });

  it('appends pages without repeating a hit', async () => {
    const { asked, open } = manualEngine();
    const model = new SearchModel(() => undefined);
    const first = model.run(open, '河', 2);
    await turn();
    asked[0]?.answer(result(['a', 'b'], 3));
    await first;
    expect(model.hasMore).toBe(true);
    const second = model.more(open, 2);
    await turn();
    expect(asked[1]?.offset).toBe(2);
    asked[1]?.answer(result(['b', 'c'], 3));
    await second;
    expect(model.hits.map((one) => one.id)).toEqual(['a', 'b', 'c']);
    expect(model.hasMore).toBe(false);
    expect(await model.more(open, 2)).toBeUndefined();
  });

  it('counts the articles folded under a hit as shown, and hits as the offset', async () => {
    const { asked, open } = manualEngine();
    const model = new SearchModel(() => undefined);
    const folded = sampleHit('a', { similar: ['a1', 'a2'].map((id) => ({ id, url: '', title: '', date: null })) });
    const first = model.run(open, '河', 2);
    await turn();
    asked[0]?.answer({ ...result(['b'], 5), hits: [folded, sampleHit('b')] });
    await first;
    expect(model).toMatchObject({ shown: 4, hasMore: true });
    const second = model.more(open, 2);
    await turn();
    expect(asked[1]?.offset).toBe(2);
    asked[1]?.answer(result(['c'], 5));
    await second;
    expect(model).toMatchObject({ shown: 5, hasMore: false });
  });

  it('asks no further when a page brings nothing, whatever the total says', async () => {
    const { asked, open } = manualEngine();
    const model = new SearchModel(() => undefined);
    const first = model.run(open, '河', 2);
    await turn();
    asked[0]?.answer(result(['a'], 3));
    await first;
    const second = model.more(open, 2);
    await turn();
    asked[1]?.answer(result(['a'], 3));
    await second;
    expect(model.hits.map((one) => one.id)).toEqual(['a']);
    expect(model.hasMore).toBe(false);
    const again = model.run(open, '河水', 2);
    await turn();
    asked[2]?.answer(result(['b'], 3));
    await again;
    expect(model.hasMore).toBe(true);
  });

  it('asks every page as it asked the first, corrected or as typed', async () => {
    const { asked, open } = manualEngine();
    const model = new SearchModel(() => undefined);
    const page = async (searching: Promise<unknown>, answer: SearchResult): Promise<void> => {
      await turn();
      asked.at(-1)?.answer(answer);
      await searching;
    };
    const correction = { query: '河水', reason: 'sound', applied: true } as const;
    await page(model.run(open, '何水', 1), { ...result(['a'], 2), corrections: [correction] });
    expect(model).toMatchObject({ shownQuery: '何水', corrected: '河水' });
    await page(model.more(open, 1), { ...result(['b'], 2), corrections: [correction] });
    const offered = { ...correction, applied: false };
    await page(model.run(open, '何水', 1, true), { ...result(['c'], 2), corrections: [offered] });
    expect(model).toMatchObject({ shownQuery: '何水', corrected: undefined });
    await page(model.more(open, 1), { ...result(['d'], 2), corrections: [offered] });
    expect(asked.map(({ correct }) => correct)).toEqual([true, true, false, false]);
  });

  it('reports a failure, and recovers from it', async () => {
    const { asked, open } = manualEngine();
    const model = new SearchModel(() => undefined);
    const failing = model.run(open, '河', 10);
    await turn();
    asked[0]?.fail(new Error('broken'));
    expect(await failing).toBeUndefined();
    expect(model).toMatchObject({ status: 'failed', busy: false, error: new Error('broken') });
    const again = model.run(open, '河', 10);
    await turn();
    asked[1]?.answer(result(['a']));
    await again;
    expect(model).toMatchObject({ status: 'results', error: undefined });
  });

  it('forgets a query that was cleared while under way', async () => {
    const { asked, open } = manualEngine();
    const model = new SearchModel(() => undefined);
    const search = model.run(open, '河', 10);
    await turn();
    model.reset();
    asked[0]?.answer(result(['stale']));
    expect(await search).toBeUndefined();
    expect(model).toMatchObject({ status: 'idle', busy: false, hits: [], query: '' });
  });

  it('reports an engine that cannot be opened', async () => {
    const model = new SearchModel(() => undefined);
    await model.run(() => Promise.reject(new Error('no bundle')), '河', 10);
    expect(model).toMatchObject({ status: 'failed', error: new Error('no bundle') });
  });
});
