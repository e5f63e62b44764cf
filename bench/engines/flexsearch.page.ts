import { Index } from 'flexsearch';
import { options } from './flexsearch.options.ts';
import type { Part } from './flexsearch.options.ts';
import { run } from './page.ts';
import { snippet } from './text.ts';
import type { StoredText } from './text.ts';

run(async () => {
  const [parts, texts] = await Promise.all([
    fetch('index.json').then((response) => response.json() as Promise<Part[]>),
    fetch('texts.json').then((response) => response.json() as Promise<StoredText[]>),
  ]);
  const index = new Index(options);
  for (const [key, data] of parts) index.import(key, data);
  // All pairs, or where no article has them all, as many as may be.
  const find = (query: string, limit: number): number[] => {
    const complete = index.search(query, { limit });
    return (complete.length > 0 ? complete : index.search(query, { limit, suggest: true })).map(Number);
  };
  return {
    search: async (query, limit) =>
      find(query, limit).map((article) => {
        const [title, body] = texts[article] ?? ['', ''];
        return { article, title, snippet: snippet(body, query) };
      }),
    all: async (query) => find(query, texts.length),
  };
});
