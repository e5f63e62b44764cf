import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../engine/types.ts';
import { RelatedSearches } from './related-searches.ts';

/** An engine whose related searches the test gives by hand, in any order. */
function manualEngine() {
  const asked: { query: string; signal: AbortSignal; answer: (queries: string[]) => void; fail: (error: unknown) => void }[] = [];
  const engine = {
    related: (query: string, { signal }: { signal: AbortSignal }) =>
      new Promise((answer, fail) => asked.push({ query, signal, answer, fail })),
  } as unknown as Engine;
  return { asked, open: () => Promise.resolve(engine) };
}

const later = () => vi.advanceTimersByTimeAsync(1000);

describe('RelatedSearches', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('come a moment after they were asked for', async () => {
    const { asked, open } = manualEngine();
    const changed = vi.fn();
    const related = new RelatedSearches(changed);
    related.ask(open, '河');
    await vi.advanceTimersByTimeAsync(50);
    expect(asked).toEqual([]);
    await later();
    asked[0]?.answer(['河长']);
    await later();
    expect(related.queries).toEqual(['河长']);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('of a query that was overtaken at once are never asked for', async () => {
    const { asked, open } = manualEngine();
    const related = new RelatedSearches(() => undefined);
    for (const query of ['河', '河水', '河水清']) related.ask(open, query);
    await later();
    expect(asked.map(({ query }) => query)).toEqual(['河水清']);
  });

  it('that come late are not shown, whatever the order', async () => {
    const { asked, open } = manualEngine();
    const related = new RelatedSearches(() => undefined);
    related.ask(open, '河');
    await later();
    related.ask(open, '路灯');
    await later();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[1]?.answer(['夜市']);
    await later();
    asked[0]?.answer(['河长']);
    await later();
    expect(related.queries).toEqual(['夜市']);
  });

  it('stay while the next answer is awaited, and go when it is there', async () => {
    const { asked, open } = manualEngine();
    const related = new RelatedSearches(() => undefined);
    related.ask(open, '河');
    await later();
    asked[0]?.answer(['河长']);
    await later();
    related.stop();
    expect(related.queries).toEqual(['河长']);
    related.ask(open, '路灯');
    expect(related.queries).toEqual([]);
  });

  it('that fail are none', async () => {
    const { asked, open } = manualEngine();
    const related = new RelatedSearches(() => undefined);
    related.ask(open, '河');
    await later();
    asked[0]?.fail(new Error('broken'));
    related.ask(() => Promise.reject(new Error('no bundle')), '河水');
    await later();
    expect(related.queries).toEqual([]);
  });
});
