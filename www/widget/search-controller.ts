import type { Engine } from '../engine/types.ts';
import { errorText, spokenAnswer } from './answer-text.ts';
import { emit } from './events.ts';
import type { Messages } from './messages.ts';
import { UNREFINED } from './refinement.ts';
import type { Refinement } from './refinement.ts';
import { RelatedSearches } from './related-searches.ts';
import { SearchModel } from './search-model.ts';
import { Suggestions } from './suggestions.ts';

/** What a search needs of the element that it is made in. */
export interface SearchSetting {
  readonly engine: () => Promise<Engine>;
  readonly messages: () => Messages;
  /** So many hits at a time. */
  readonly limit: () => number;
  readonly say: (text: string) => void;
  /** Is called when the list is another than before. */
  readonly answered: () => void;
}

/** How a query is asked. */
export interface Asking {
  /** Whether to correct nothing. */
  readonly asTyped?: boolean;
  /** Whether the reader is still typing, and may want suggestions. */
  readonly typing?: boolean;
}

/** Makes the element's searches, and tells how they end: by event and aloud. */
export class SearchController {
  readonly #host: EventTarget;
  readonly #setting: SearchSetting;
  readonly model: SearchModel;
  readonly related: RelatedSearches;
  readonly suggestions: Suggestions;
  /** How the searches are narrowed and ordered from now on. */
  refinement: Refinement = UNREFINED;
  #asking: Promise<void> | undefined;
  /** Whether there has been an answer. */
  #warm = false;

  constructor(host: EventTarget & { requestUpdate(): void }, setting: SearchSetting) {
    this.#host = host;
    this.#setting = setting;
    const changed = (): void => host.requestUpdate();
    this.model = new SearchModel(changed);
    this.related = new RelatedSearches(changed);
    this.suggestions = new Suggestions(changed);
  }

  /**
   * Asks, unless that is what was asked last; resolves once it is answered. A query that was once
   * asked as typed stays so until another is asked.
   */
  ask(query: string, { asTyped = false, typing = false }: Asking = {}): Promise<void> | undefined {
    const { model } = this;
    const same = query === model.query && this.refinement === model.refinement;
    const literal = asTyped || (query === model.query && model.asTyped);
    if (!same || literal !== model.asTyped || model.status === 'failed') this.#asking = this.#run(query, literal, typing);
    return this.#asking;
  }

  /** Adds the next page; true when it has come. */
  async more(): Promise<boolean> {
    const { engine, limit, messages, say } = this.#setting;
    const result = await this.model.more(engine, limit());
    if (result) say(messages().moreLoaded(this.model.shown, result.total));
    else this.#tellFailure();
    return result !== undefined;
  }

  /** Forgets query and answer. */
  reset(): void {
    this.suggestions.reset();
    this.related.reset();
    this.model.reset();
  }

  async #run(query: string, asTyped: boolean, typing: boolean): Promise<void> {
    const { model, related, suggestions, refinement } = this;
    const { engine, limit, messages, say, answered } = this.#setting;
    if (query === '') {
      answered();
      this.refinement = UNREFINED;
      this.reset();
      say('');
      return;
    }
    related.stop();
    // The first answer of all goes first: to suggest, more of the engine is loaded.
    if (typing && this.#warm) suggestions.ask(engine, query);
    else suggestions.stop();
    const result = await model.run(engine, query, limit(), asTyped, refinement);
    if (query !== model.query || asTyped !== model.asTyped || refinement !== model.refinement) return;
    suggestions.settle(query);
    answered();
    if (result) {
      this.#warm = true;
      const { total, tookMs } = result;
      emit(this.#host, 'souwen-search', { query, corrected: model.corrected ?? null, total, tookMs });
      say(spokenAnswer(messages(), query, result));
      if (total > 0) related.ask(engine, model.corrected ?? query);
      else related.reset();
    } else {
      this.#tellFailure();
    }
  }

  #tellFailure(): void {
    const { status, error } = this.model;
    if (status !== 'failed') return;
    const { messages, say } = this.#setting;
    this.related.reset();
    this.suggestions.reset();
    emit(this.#host, 'souwen-error', { error });
    say(errorText(messages(), error));
  }
}
