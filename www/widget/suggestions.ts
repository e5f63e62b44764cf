import type { Engine } from '../engine/types.ts';
import { OfferedQueries } from './offered-queries.ts';

const LIMIT = 8;
/** More rows than that would push the results off a phone's screen. */
const SHOWN = 3;

/**
 * Completions of what is being typed. They stand above the results, so they are shown together with
 * them or not at all: what came later would move the results under the reader's finger.
 */
export class Suggestions extends OfferedQueries {
  #arrived: { readonly query: string; readonly texts: readonly string[] } | undefined;

  /** Asks for those of a text. What is shown stays until it is settled. */
  ask(engine: () => Promise<Engine>, query: string): void {
    this.stop();
    void this.#fetch(engine, query);
  }

  /** Shows those of a query, whose results are shown now, if they are there; forgets any others. */
  settle(query: string): void {
    this.show(this.#arrived?.query === query ? this.#arrived.texts : []);
    this.stop();
  }

  override stop(): void {
    super.stop();
    this.#arrived = undefined;
  }

  async #fetch(engine: () => Promise<Engine>, query: string): Promise<void> {
    const suggestions = await this.fetch(engine, (opened, signal) => opened.suggest(query, { limit: LIMIT, signal }));
    // Headlines stand among the results already, and what was typed in the input.
    const terms = suggestions?.filter(({ kind, text }) => kind === 'term' && text !== query).map(({ text }) => text);
    if (terms) this.#arrived = { query, texts: [...new Set(terms)].slice(0, SHOWN) };
  }
}
