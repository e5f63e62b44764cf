import type { Engine } from '../engine/types.ts';

/**
 * Queries that are offered beside the results. The latest wins, as with the results themselves. They are an extra: the
 * results stand without them, and a real fault shows in the search itself.
 */
export abstract class OfferedQueries {
  readonly #changed: () => void;
  #controller = new AbortController();
  queries: readonly string[] = [];

  /** @param changed Is called after every change of `queries`. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Gives up what is under way; what is shown stays. */
  stop(): void {
    this.#controller.abort();
    this.#controller = new AbortController();
  }

  /** Gives up what is under way, and forgets what is shown. */
  reset(): void {
    this.stop();
    this.show([]);
  }

  protected show(queries: readonly string[]): void {
    if (queries.length === 0 && this.queries.length === 0) return;
    this.queries = queries;
    this.#changed();
  }

  /** What the engine answers; nothing when it fails, or is given up meanwhile. */
  protected async fetch<T>(
    engine: () => Promise<Engine>,
    ask: (engine: Engine, signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const { signal } = this.#controller;
    try {
      const opened = await engine();
      if (signal.aborted) return undefined;
      const answer = await ask(opened, signal);
      return signal.aborted ? undefined : answer;
    } catch {
      return undefined;
    }
  }
}
