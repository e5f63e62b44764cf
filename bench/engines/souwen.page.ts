import type { SearchOptions, SearchResult } from '../../www/engine/types.ts';
import { run } from './page.ts';

/** The module that a page which brings its own interface loads from a bundle. */
const ENTRY = 'souwen-client.js';

/** The most results of one search. */
const MOST = 1000;

interface Entry {
  open(bundle: string): Promise<{
    search(query: string, options: SearchOptions): Promise<SearchResult>;
    download(): Promise<void>;
  }>;
}

run(async () => {
  const bundle = new URL('search/', location.href);
  const { open } = (await import(new URL(ENTRY, bundle).href)) as Entry;
  const engine = await open(bundle.href);
  let whole: Promise<void> | undefined;
  return {
    search: async (query, limit) =>
      (await engine.search(query, { limit, facets: false })).hits.map(({ id, title, snippet }) => ({
        article: Number(id),
        title: title.text,
        snippet: snippet.text,
      })),
    all: async (query) => {
      // A thousand results have a thousand texts: better all parts at once than each text by a range.
      await (whole ??= engine.download());
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
