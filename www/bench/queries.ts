import type { Article } from '../engine/types.ts';
import { hanPlaces, pick, runAt, seededRandom } from '../sampling.ts';
import type { Random } from '../sampling.ts';

/** What readers type. */
export type QueryKind =
  | 'common word'
  | 'word of a headline'
  | 'several words'
  | 'phrase'
  | 'sentence'
  | 'one character'
  | 'number or Latin'
  | 'words of two articles'
  | 'nothing found'
  | `${2 | 3 | 4 | 6} characters`
  | 'two words of a headline';

export interface BenchQuery {
  readonly kind: QueryKind;
  readonly query: string;
}

const SEED = 20_231_117;

const FIXED: readonly BenchQuery[] = [
  ...['社区', '服务', '安全', '建设', '群众', '学校', '志愿者', '工作'].map((query) => ({ kind: 'common word' as const, query })),
  ...['的', '人', '一'].map((query) => ({ kind: 'one character' as const, query })),
  ...['龘靐齉', '鸜鹆鶢鶋', 'qzxjkv', '“龘靐”'].map((query) => ({ kind: 'nothing found' as const, query })),
];

function textsOf({ title, kicker, subtitle, paragraphs, captions }: Article): string[] {
  return [title, kicker, subtitle, ...paragraphs, ...captions];
}

/** Queries of every kind, most of them drawn from the bundle's own articles; the same for the same bundle. */
export function benchQueries(articles: readonly Article[]): BenchQuery[] {
  const random = seededRandom(SEED);
  const long = articles.filter(({ paragraphs }) => paragraphs.join('').length > 200);
  const titles = hanPlaces(articles.map(({ title }) => title), 4);
  const figures = articles.flatMap((article) => textsOf(article).join(' ').match(/[A-Za-z]{3,}|\d{3,}[元米人个次户台]?/gu) ?? []);
  const characters = hanPlaces(articles.flatMap(textsOf), 2);

  const words = (article: Article): string => runAt(pick(hanPlaces(article.paragraphs, 4), random), 2, random);
  const ofTwo = (): string => `${words(pick(long, random))} ${words(pick(long, random))}`;
  const several = (): string => {
    const article = pick(long, random);
    return Array.from({ length: 2 + random(2) }, () => words(article)).join(' ');
  };
  const phrase = (): string => `“${runAt(pick(hanPlaces(pick(long, random).paragraphs, 6), random), 4, random)}”`;
  const draw = (kind: QueryKind, count: number, query: () => string): BenchQuery[] =>
    Array.from({ length: count }, () => ({ kind, query: query() }));

  return [
    ...FIXED,
    ...draw('word of a headline', 8, () => runAt(pick(titles, random), 2, random)),
    ...draw('several words', 8, several),
    ...draw('phrase', 5, phrase),
    ...draw('sentence', 6, () => sentence(pick(long, random), random)),
    ...draw('one character', 3, () => pick(characters, random).slice(0, 1)),
    ...(figures.length > 0 ? draw('number or Latin', 3, () => pick(figures, random)) : []),
    ...draw('words of two articles', 8, ofTwo),
  ];
}

/** A sentence of an article, as a reader pastes it; at most 60 characters. */
function sentence({ paragraphs }: Article, random: Random): string {
  const sentences = paragraphs.join('').match(/[^。！？!?]{15,}/gu) ?? paragraphs;
  return Array.from(pick(sentences, random)).slice(0, 60).join('');
}
