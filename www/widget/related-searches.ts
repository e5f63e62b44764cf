import type { Engine } from '../engine/types.ts';

/** How many are asked for. */
const LIMIT = 6;
/** How long results must have been shown: who goes on typing has no use for them, and is not to wait for them. */
const ASK_AFTER_MS = 200;

/** Searches related to the one whose results are shown. The latest wins, as with the results themselves. */
export class RelatedSearches {
  readonly #changed: () => void;
  #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  queries: readonly string[] = [];

  /** @param changed Is called after every change of `queries`. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Forgets those of an earlier query, and asks for those of this one in a moment. */
  ask(engine: () => Promise<Engine>, query: string): void {
    this.reset();
    const { signal } = this.#controller;
    this.#timer = setTimeout(() => void this.#fetch(engine, query, signal), ASK_AFTER_MS);
  }

  /** Gives up what is under way; what is shown stays. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
    this.#controller = new AbortController();
  }

  /** Gives up what is under way, and forgets what is shown. */
  reset(): void {
    this.stop();
    this.#set([]);
  }

  async #fetch(engine: () => Promise<Engine>, query: string, signal: AbortSignal): Promise<void> {
    try {
      const opened = await engine();
      if (signal.aborted) return;
      const queries = await opened.related(query, { limit: LIMIT, signal });
      if (!signal.aborted) this.#set(queries);
    } catch {
      // They are an extra: the results stand without them, and a real fault shows in the next search.
    }
  }

  #set(queries: readonly string[]): void {
    if (queries.length === 0 && this.queries.length === 0) return;
    this.queries = queries;
    this.#changed();
  }
}
