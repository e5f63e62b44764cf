import MiniSearch from 'minisearch';
import type { SearchResult } from 'minisearch';
import { options } from './minisearch.options.ts';
import { run } from './page.ts';
import { snippet } from './text.ts';

run(async () => {
  const index = MiniSearch.loadJSON(await (await fetch('index.json')).text(), options);
  // All pairs, or where no article has them all, any: as MiniSearch's own guide relaxes a query.
  const find = (query: string): SearchResult[] => {
    const complete = index.search(query);
    return complete.length > 0 ? complete : index.search(query, { combineWith: 'OR' });
  };
  return {
    search: async (query, limit) =>
      find(query).slice(0, limit).map(({ id, ...stored }) => ({
        article: Number(id),
        title: String(stored['title']),
        snippet: snippet(String(stored['body']), query),
      })),
    all: async (query) => find(query).map(({ id }) => Number(id)),
  };
});
