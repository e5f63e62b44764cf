import { hanPlaces, pick, runAt, seededRandom } from '../sampling.ts';
import type { BenchQuery } from './queries.ts';

/** An article as `souwen build` reads it. */
export interface BenchArticle {
  readonly title: string;
  readonly body: string;
}

const SEED = 20_231_117;
/** Queries of each kind. */
const EACH = 80;

/** Different queries drawn from the articles; the same for the same articles. */
export function archiveQueries(articles: readonly BenchArticle[]): BenchQuery[] {
  const random = seededRandom(SEED);
  const words = new Intl.Segmenter('zh', { granularity: 'word' });
  const seen = new Set<string>();

  const run = (length: number): string => {
    const places = hanPlaces([pick(articles, random).body], length).filter((place) => Array.from(place).length === length);
    return places.length > 0 ? pick(places, random) : '';
  };
  const wordsOf = ({ title }: BenchArticle): string[] =>
    Array.from(words.segment(title), ({ segment }) => segment).filter((word) => /^\p{Script=Han}{2,}$/u.test(word));
  const word = (): string => {
    const own = wordsOf(pick(articles, random));
    return own.length > 0 ? pick(own, random) : '';
  };
  const twoWords = (): string => {
    const own = wordsOf(pick(articles, random));
    return own.length > 1 ? `${pick(own, random)} ${pick(own, random)}` : '';
  };
  const phrase = (): string => {
    const places = hanPlaces([pick(articles, random).body], 6);
    return places.length > 0 ? `“${runAt(pick(places, random), 4, random)}”` : '';
  };
  const draw = (kind: BenchQuery['kind'], query: () => string): BenchQuery[] => {
    const drawn: BenchQuery[] = [];
    while (drawn.length < EACH) {
      const one = query();
      if (one !== '' && !seen.has(one)) drawn.push({ kind, query: one });
      seen.add(one);
    }
    return drawn;
  };

  return [
    ...([2, 3, 4, 6] as const).flatMap((length) => draw(`${length} characters`, () => run(length))),
    ...draw('word of a headline', word),
    ...draw('two words of a headline', twoWords),
    ...draw('phrase', phrase),
  ];
}
