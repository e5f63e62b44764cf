import type { SearchOptions, SearchResult } from '../../www/engine/types.ts';
import { run } from './page.ts';

/** The module that a page which brings its own interface loads from a bundle. */
const ENTRY = 'souwen-client.js';

/** The most results of one search. */
const MOST = 1000;

interface Entry {
  open(bundle: string): Promise<{ search(query: string, options: SearchOptions): Promise<SearchResult> }>;
}

run(async () => {
  const bundle = new URL('search/', location.href);
  const { open } = (await import(new URL(ENTRY, bundle).href)) as Entry;
  const engine = await open(bundle.href);
  return {
    search: async (query, limit) =>
      (await engine.search(query, { limit })).hits.map(({ id, title, snippet }) => ({
        article: Number(id),
        title: title.text,
        snippet: snippet.text,
      })),
    all: async (query) => {
      const found: number[] = [];
      for (let offset = 0; ; ) {
        const { hits } = await engine.search(query, { limit: MOST, offset, facets: false });
        if (hits.length === 0) return found;
        offset += hits.length;
        // A reprint is found with the article that it repeats, not as a hit of its own.
        for (const { id, similar } of hits) found.push(Number(id), ...similar.map((reprint) => Number(reprint.id)));
      }
    },
  };
});
