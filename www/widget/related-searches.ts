import type { Engine } from '../engine/types.ts';
import { OfferedQueries } from './offered-queries.ts';

/** How many are asked for. */
const LIMIT = 6;
/** How long results must have been shown: who goes on typing has no use for them, and is not to wait for them. */
const ASK_AFTER_MS = 200;

/** Searches related to the one whose results are shown. */
export class RelatedSearches extends OfferedQueries {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Forgets those of an earlier query, and asks for those of this one in a moment. */
  ask(engine: () => Promise<Engine>, query: string): void {
    this.reset();
    this.#timer = setTimeout(() => void this.#fetch(engine, query), ASK_AFTER_MS);
  }

  override stop(): void {
    super.stop();
    clearTimeout(this.#timer);
  }

  async #fetch(engine: () => Promise<Engine>, query: string): Promise<void> {
    const queries = await this.fetch(engine, (opened, signal) => opened.related(query, { limit: LIMIT, signal }));
    if (queries) this.show(queries);
  }
}
