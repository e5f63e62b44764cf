import { describe, expect, it } from 'vitest';
import type { Engine, Suggestion } from '../engine/types.ts';
import { Suggestions } from './suggestions.ts';

const term = (text: string): Suggestion => ({ text, kind: 'term', id: null });

/** An engine whose answers the test gives by hand. */
function manual() {
  const answers = new Map<string, (suggestions: readonly Suggestion[]) => void>();
  const engine = {
    suggest: (text: string) => new Promise((resolve) => answers.set(text, resolve)),
  } as unknown as Engine;
  return { answers, open: () => Promise.resolve(engine) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('Suggestions', () => {
  it('come with the results, terms only, each once and not what was typed', async () => {
    const { answers, open } = manual();
    const suggestions = new Suggestions(() => undefined);
    suggestions.ask(open, '图书');
    await turn();
    answers.get('图书')?.([term('图书'), term('图书馆'), { text: '图书馆停电', kind: 'title', id: 'a' }, term('图书馆'), term('图书角')]);
    await turn();
    expect(suggestions.queries).toEqual([]);
    suggestions.settle('图书');
    expect(suggestions.queries).toEqual(['图书馆', '图书角']);
  });

  it('that come after the results are not shown, since they would move them', async () => {
    const { answers, open } = manual();
    const suggestions = new Suggestions(() => undefined);
    suggestions.ask(open, '图书');
    await turn();
    suggestions.settle('图书');
    answers.get('图书')?.([term('图书馆')]);
    await turn();
    expect(suggestions.queries).toEqual([]);
  });

  it('of an earlier text never show under a later one', async () => {
    const { answers, open } = manual();
    const suggestions = new Suggestions(() => undefined);
    suggestions.ask(open, '图');
    await turn();
    suggestions.ask(open, '图书');
    await turn();
    answers.get('图')?.([term('图画')]);
    await turn();
    suggestions.settle('图书');
    expect(suggestions.queries).toEqual([]);
  });

  it('stay while the next are awaited, and are no more than three', async () => {
    const { answers, open } = manual();
    let changes = 0;
    const suggestions = new Suggestions(() => (changes += 1));
    suggestions.ask(open, '图');
    await turn();
    answers.get('图')?.(['一', '二', '三', '四'].map(term));
    await turn();
    suggestions.settle('图');
    expect(suggestions.queries).toEqual(['一', '二', '三']);
    suggestions.ask(open, '图书');
    expect([suggestions.queries.length, changes]).toEqual([3, 1]);
    suggestions.reset();
    expect(suggestions.queries).toEqual([]);
  });

  it('that fail are none', async () => {
    const suggestions = new Suggestions(() => undefined);
    suggestions.ask(() => Promise.reject(new Error('gone')), '图');
    await turn();
    suggestions.settle('图');
    expect(suggestions.queries).toEqual([]);
  });
});
