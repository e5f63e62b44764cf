import { load, search } from '@orama/orama';
import type { RawData } from '@orama/orama';
import { empty } from './orama.schema.ts';
import { run } from './page.ts';
import { snippet } from './text.ts';

run(async () => {
  const database = empty();
  load(database, (await (await fetch('index.json')).json()) as RawData);
  // A threshold of 0 wants every word; where no article has them all, 1 takes any.
  const find = async (query: string, limit: number) => {
    const ask = { term: query, limit, properties: ['title', 'body'] as ('title' | 'body')[], boost: { title: 3 } };
    const complete = await search(database, { ...ask, threshold: 0 });
    return (complete.count > 0 ? complete : await search(database, { ...ask, threshold: 1 })).hits;
  };
  return {
    search: async (query, limit) =>
      (await find(query, limit)).map(({ id, document }) => ({
        article: Number(id),
        title: document.title,
        snippet: snippet(document.body, query),
      })),
    all: async (query) => (await find(query, 1_000_000)).map(({ id }) => Number(id)),
  };
});
