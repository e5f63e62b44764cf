/** The quality floor: every text in memory, looked through with `String.includes`. */
import { run } from './page.ts';
import { snippet, words } from './text.ts';
import type { StoredText } from './text.ts';

run(async () => {
  const texts = (await (await fetch('texts.json')).json()) as StoredText[];

  /** Every word stands in the article; those with more of them in the title come first, then those with a title that is shorter. */
  const find = (query: string): { article: number; score: number }[] => {
    const needles = words(query);
    const found: { article: number; score: number }[] = [];
    for (const [article, [title, body]] of texts.entries()) {
      let score = 0;
      const complete = needles.every((needle) => {
        const inTitle = title.includes(needle);
        if (inTitle) score += 1;
        return inTitle || body.includes(needle);
      });
      if (complete) found.push({ article, score: score - title.length / 1000 });
    }
    return found.sort((a, b) => b.score - a.score || a.article - b.article);
  };
  return {
    search: async (query, limit) =>
      find(query).slice(0, limit).map(({ article }) => {
        const [title, body] = texts[article] ?? ['', ''];
        return { article, title, snippet: snippet(body, query) };
      }),
    all: async (query) => find(query).map(({ article }) => article),
  };
});
