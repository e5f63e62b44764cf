import type { Abortable, Engine, FacetCount, Hit, SearchOptions, SearchResult } from '../engine/types.ts';
import { own } from './own.ts';
import { DATE, narrowedFields, searchOptions, UNREFINED, without } from './refinement.ts';
import type { Refinement } from './refinement.ts';

/** How things stand with the query that was asked last. */
export type SearchStatus =
  /** Nothing asked yet. */
  | 'idle'
  /** Asked, and nothing to show meanwhile. */
  | 'loading'
  /** `result` and `hits` are there; while `busy`, they are those of an earlier query. */
  | 'results'
  /** `error` tells. */
  | 'failed';

/**
 * Queries in, hits out, without a DOM. The latest query wins: an earlier one is aborted, and its
 * answer is never shown. What is shown stays until there is something newer to show, so that typing
 * does not flicker.
 */
export class SearchModel {
  readonly #changed: () => void;
  #controller = new AbortController();

  query = '';
  /** Whether `query` was asked without correction. */
  asTyped = false;
  /** How `query` was narrowed and ordered. */
  refinement = UNREFINED;
  status: SearchStatus = 'idle';
  busy = false;
  /** The query that `hits` answers. */
  shownQuery = '';
  result: SearchResult | undefined;
  /** The hits of all pages loaded so far. */
  hits: readonly Hit[] = [];
  /** What each field could be narrowed to. A field that is narrowed has the choices that it had before. */
  facets: SearchResult['facets'] = {};
  error: unknown;
  #ended = false;

  /** @param changed Is called after every change of the fields. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** How many articles the hits loaded so far stand for, reprints among them, which `total` counts too. */
  get shown(): number {
    return this.hits.reduce((shown, hit) => shown + 1 + hit.similar.length, 0);
  }

  /** Whether there are hits beyond those loaded. */
  get hasMore(): boolean {
    const { result } = this;
    return result !== undefined && !this.#ended && this.shown < result.total;
  }

  /** The query that `hits` are those of, where it is not the one typed. */
  get corrected(): string | undefined {
    return this.result?.corrections.find((correction) => correction.applied)?.query;
  }

  /** The query that `hits` are those of. */
  get asked(): string {
    return this.corrected ?? this.shownQuery;
  }

  /**
   * Asks for the first page, of the query as it was typed or of the one that seems to be meant.
   * Resolves to the answer, or to nothing when it failed or a newer query has overtaken it.
   */
  run(
    engine: () => Promise<Engine>,
    query: string,
    limit: number,
    asTyped = false,
    refinement = UNREFINED,
  ): Promise<SearchResult | undefined> {
    this.query = query;
    this.asTyped = asTyped;
    this.refinement = refinement;
    if (this.status !== 'results') this.status = 'loading';
    return this.#ask(engine, 0, limit, (result, facets) => {
      this.hits = result.hits;
      this.facets = facets;
      this.#ended = false;
    });
  }

  /** Asks for the page after the hits loaded so far. */
  async more(engine: () => Promise<Engine>, limit: number): Promise<SearchResult | undefined> {
    if (this.busy || !this.hasMore) return undefined;
    return this.#ask(engine, this.hits.length, limit, (result) => {
      const seen = new Set(this.hits.map((hit) => hit.id));
      const fresh = result.hits.filter((hit) => !seen.has(hit.id));
      this.hits = [...this.hits, ...fresh];
      // Whatever `total` says: to ask for the same page again would be no use.
      this.#ended = fresh.length === 0;
    });
  }

  /** Forgets query and answer. */
  reset(): void {
    this.#controller.abort();
    this.query = '';
    this.asTyped = false;
    this.refinement = UNREFINED;
    this.facets = {};
    this.shownQuery = '';
    this.status = 'idle';
    this.busy = false;
    this.result = undefined;
    this.hits = [];
    this.error = undefined;
    this.#changed();
  }

  async #ask(
    engine: () => Promise<Engine>,
    offset: number,
    limit: number,
    take: (result: SearchResult, facets: SearchResult['facets']) => void,
  ): Promise<SearchResult | undefined> {
    this.#controller.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.busy = true;
    this.#changed();
    const { query, asTyped, refinement } = this;
    const { signal } = controller;
    try {
      const opened = await engine();
      if (signal.aborted) return undefined;
      const options = { correct: !asTyped, signal };
      const [result, facets] = await Promise.all([
        opened.search(query, { limit, offset, ...options, ...searchOptions(refinement) }),
        offset === 0 ? choices(opened, query, options, refinement) : {},
      ]);
      if (signal.aborted) return undefined;
      take(result, { ...result.facets, ...facets });
      this.result = result;
      this.shownQuery = query;
      this.status = 'results';
      this.error = undefined;
      return result;
    } catch (error) {
      if (signal.aborted) return undefined;
      this.status = 'failed';
      this.error = error;
      this.hits = [];
      this.result = undefined;
      return undefined;
    } finally {
      if (!signal.aborted) {
        this.busy = false;
        this.#changed();
      }
    }
  }
}

/** For each field that is narrowed, how many articles have which of its values if only the others are. */
async function choices(
  engine: Engine,
  query: string,
  options: SearchOptions & Abortable,
  refinement: Refinement,
): Promise<Record<string, readonly FacetCount[]>> {
  const counted = narrowedFields(refinement).map(async (field): Promise<[string, readonly FacetCount[]]> => {
    const { facets } = await engine.search(query, { limit: 0, ...options, ...searchOptions(without(refinement, field)) });
    // Results count days by year.
    const name = field === DATE ? 'year' : field;
    return [name, own(facets, name) ?? []];
  });
  return Object.fromEntries(await Promise.all(counted));
}
