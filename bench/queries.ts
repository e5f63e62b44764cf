/** Queries drawn from the articles; the same for the same articles. */
import { hanPlaces, pick, seededRandom } from '../www/sampling.ts';
import type { Random } from '../www/sampling.ts';
import type { Article } from './corpus.ts';

/** What readers type. */
export const READER_KINDS = ['one word', 'two words', 'words run together', 'three words of a headline'] as const;
/** Strings cut at random out of the texts, wherever words begin and end. */
export const RANDOM_KINDS = ['2 characters', '3 characters', '4 characters', '6 characters'] as const;

export type ReaderKind = (typeof READER_KINDS)[number];
export type RandomKind = (typeof RANDOM_KINDS)[number];

export interface Query {
  readonly kind: ReaderKind | RandomKind;
  readonly query: string;
}

/** A query and the articles that it asks for. */
export interface Wanted {
  readonly query: string;
  readonly articles: ReadonlySet<number>;
}

/** A string, the articles that must be found for it, and those that may be. */
export interface WantedString extends Wanted {
  readonly allowed: ReadonlySet<number>;
}

const SEED = 20_251_120;
/** Draws from the same few articles repeat themselves: a set is left smaller rather than drawn for ever. */
const TRIES = 50;

/** Draws queries; none comes twice, whichever set it is drawn for. */
export class Draws {
  readonly #articles: readonly Article[];
  readonly #random: Random = seededRandom(SEED);
  readonly #words = new Intl.Segmenter('zh', { granularity: 'word' });
  readonly #seen = new Set<string>();

  constructor(articles: readonly Article[]) {
    this.#articles = articles;
  }

  /** So many queries of every kind that readers type, one of each kind in turn. */
  reader(each: number): Query[] {
    return inTurn(READER_KINDS.map((kind) => this.#several(each, () => this.#readerQuery(kind)).map((query) => ({ kind, query }))));
  }

  /** So many random strings of every length, one of each length in turn. */
  random(each: number): Query[] {
    return inTurn(
      RANDOM_KINDS.map((kind) => {
        const length = Number.parseInt(kind, 10);
        return this.#several(each, () => this.#run(length)).map((query) => ({ kind, query }));
      }),
    );
  }

  /** Whole headlines, with the articles that stand under them. */
  headlines(count: number): Wanted[] {
    return this.#wanted(count, ({ title }) => (Array.from(title).length >= 6 ? title : ''));
  }

  /** Three words of a headline, with the articles whose headlines hold all three. */
  headlineWords(count: number): Wanted[] {
    return this.#wanted(count, ({ title }) => {
      const words = this.#wordsOf(title);
      return words.length < 3 ? '' : this.#inOrder(words, 3).join(' ');
    });
  }

  #wanted(count: number, of: (article: Article) => string): Wanted[] {
    return this.#several(count, () => of(pick(this.#articles, this.#random))).map((query) => {
      const words = query.split(' ');
      const articles = this.#articles.flatMap(({ title }, number) => (words.every((word) => title.includes(word)) ? [number] : []));
      return { query, articles: new Set(articles) };
    });
  }

  #several(count: number, draw: () => string): string[] {
    const drawn: string[] = [];
    for (let tries = 0; drawn.length < count && tries < count * TRIES; tries += 1) {
      const query = draw();
      if (query === '' || this.#seen.has(query)) continue;
      this.#seen.add(query);
      drawn.push(query);
    }
    return drawn;
  }

  #readerQuery(kind: ReaderKind): string {
    const { title, body } = pick(this.#articles, this.#random);
    const words = this.#wordsOf(title);
    if (words.length < 3) return '';
    switch (kind) {
      case 'one word':
        return pick(words, this.#random);
      case 'two words': {
        // One of the headline and one of the text: they seldom stand side by side.
        const others = this.#wordsOf(body.slice(0, 400)).filter((word) => !title.includes(word));
        return others.length === 0 ? '' : `${pick(words, this.#random)} ${pick(others, this.#random)}`;
      }
      case 'words run together': {
        const pairs = words.flatMap((word, at) => (title.includes(`${word}${words[at + 1]}`) ? [`${word}${words[at + 1]}`] : []));
        return pairs.length === 0 ? '' : pick(pairs, this.#random);
      }
      case 'three words of a headline':
        return this.#inOrder(words, 3).join(' ');
    }
  }

  /** Words of two or more Chinese characters, in their order. */
  #wordsOf(text: string): string[] {
    return Array.from(this.#words.segment(text), ({ segment }) => segment).filter((word) => /^\p{Script=Han}{2,}$/u.test(word));
  }

  /** So many of the things, in their order. */
  #inOrder<T>(things: readonly T[], count: number): T[] {
    const left = [...things.keys()];
    while (left.length > count) left.splice(this.#random(left.length), 1);
    return left.flatMap((at) => things.slice(at, at + 1));
  }

  #run(length: number): string {
    const places = hanPlaces([pick(this.#articles, this.#random).body], length).filter((place) => Array.from(place).length === length);
    return places.length === 0 ? '' : pick(places, this.#random);
  }
}

/** The first of every list, then the second of every list, and so on: where the end is not reached, no list is missing. */
export function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}
