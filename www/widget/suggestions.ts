import type { Engine } from '../engine/types.ts';

const LIMIT = 8;
/** More rows than that would push the results off a phone's screen. */
const SHOWN = 3;

/**
 * Completions of what is being typed. They stand above the results, so they are shown together with
 * them or not at all: what came later would move the results under the reader's finger.
 */
export class Suggestions {
  readonly #changed: () => void;
  #controller = new AbortController();
  #arrived: { readonly query: string; readonly texts: readonly string[] } | undefined;
  texts: readonly string[] = [];

  /** @param changed Is called after every change of `texts`. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Asks for those of a text; the latest wins. What is shown stays until it is settled. */
  ask(engine: () => Promise<Engine>, query: string): void {
    this.stop();
    void this.#fetch(engine, query, this.#controller.signal);
  }

  /** Shows those of a query, whose results are shown now, if they are there; forgets any others. */
  settle(query: string): void {
    this.#set(this.#arrived?.query === query ? this.#arrived.texts : []);
    this.stop();
  }

  /** Gives up what is under way; what is shown stays. */
  stop(): void {
    this.#controller.abort();
    this.#controller = new AbortController();
    this.#arrived = undefined;
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
      const suggestions = await opened.suggest(query, { limit: LIMIT, signal });
      if (signal.aborted) return;
      // Headlines stand among the results already, and what was typed in the input.
      const terms = suggestions.filter(({ kind, text }) => kind === 'term' && text !== query).map(({ text }) => text);
      this.#arrived = { query, texts: [...new Set(terms)].slice(0, SHOWN) };
    } catch {
      // They are an extra: the results stand without them, and a real fault shows in the search itself.
    }
  }

  #set(texts: readonly string[]): void {
    if (texts.length === 0 && this.texts.length === 0) return;
    this.texts = texts;
    this.#changed();
  }
}
