/**
 * What the reader has searched for lately, kept in this browser and nowhere else. The reader can
 * clear it and turn it off.
 */
const KEY = 'souwen-recent';
const LIMIT = 8;
/** Nobody wants a whole pasted page back. */
const LONGEST = 60;

interface Kept {
  readonly off?: boolean;
  readonly queries?: readonly string[];
}

/** The part of `localStorage` that is needed. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class RecentSearches {
  readonly #store: () => Store;

  /** @param store Gives where to keep them; may throw, as browsers do that keep nothing for a page. */
  constructor(store: () => Store = () => localStorage) {
    this.#store = store;
  }

  /** The latest first. */
  get queries(): readonly string[] {
    const { off, queries } = this.#read();
    return off ? [] : (queries ?? []);
  }

  /** Whether the reader wants none kept. */
  get off(): boolean {
    return this.#read().off === true;
  }

  /** Puts a query first. */
  add(query: string): void {
    const { off, queries = [] } = this.#read();
    if (off || query === '' || query.length > LONGEST) return;
    this.#write({ queries: [query, ...queries.filter((other) => other !== query)].slice(0, LIMIT) });
  }

  /** Forgets one. */
  remove(query: string): void {
    this.#write({ queries: this.queries.filter((other) => other !== query) });
  }

  /** Forgets all. */
  clear(): void {
    this.#write({});
  }

  /** Forgets all and keeps none from now on, or keeps them again. */
  turn(on: boolean): void {
    this.#write(on ? {} : { off: true });
  }

  #read(): Kept {
    try {
      const kept: unknown = JSON.parse(this.#store().getItem(KEY) ?? '{}');
      if (typeof kept !== 'object' || kept === null) return {};
      const { off, queries } = kept as { off?: unknown; queries?: unknown };
      const texts = Array.isArray(queries) ? queries.filter((query): query is string => typeof query === 'string') : [];
      return { off: off === true, queries: texts.slice(0, LIMIT) };
    } catch {
      return {};
    }
  }

  #write(kept: Kept): void {
    try {
      if (kept.off || (kept.queries?.length ?? 0) > 0) this.#store().setItem(KEY, JSON.stringify(kept));
      else this.#store().removeItem(KEY);
    } catch {
      // A browser that keeps nothing for this page, or has no room: then there are none.
    }
  }
}
