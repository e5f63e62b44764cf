import { run } from './page.ts';

/** What Pagefind's module offers (its documentation: “Using the Pagefind search API”). */
interface Pagefind {
  init(): Promise<void>;
  search(query: string): Promise<{ results: { id: string; data(): Promise<Data> }[] }>;
}

interface Data {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: { readonly title: string };
}

run(async () => {
  const pagefind = (await import(new URL('pagefind/pagefind.js', location.href).href)) as Pagefind;
  await pagefind.init();
  return {
    search: async (query, limit) => {
      const { results } = await pagefind.search(query);
      const shown = await Promise.all(results.slice(0, limit).map((result) => result.data()));
      return shown.map(({ url, meta, excerpt }) => ({
        article: Number(/(\d+)\.html/u.exec(url)?.[1]),
        title: meta.title,
        snippet: excerpt,
      }));
    },
    all: async (query) => (await pagefind.search(query)).results.map(({ id }) => id),
  };
});
