import type { Engine } from '../engine/types.ts';
import { errorText, spokenAnswer } from './answer-text.ts';
import { emit } from './events.ts';
import type { Messages } from './messages.ts';
import { RelatedSearches } from './related-searches.ts';
import { SearchModel } from './search-model.ts';

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

/** Makes the element's searches, and tells how they end: by event and aloud. */
export class SearchController {
  readonly #host: EventTarget;
  readonly #setting: SearchSetting;
  readonly model: SearchModel;
  readonly related: RelatedSearches;
  #asking: Promise<void> | undefined;

  constructor(host: EventTarget & { requestUpdate(): void }, setting: SearchSetting) {
    this.#host = host;
    this.#setting = setting;
    this.model = new SearchModel(() => host.requestUpdate());
    this.related = new RelatedSearches(() => host.requestUpdate());
  }

  /**
   * Asks, unless that is what was asked last; resolves once it is answered. A query that was once
   * asked as typed stays so until another is asked.
   */
  ask(query: string, asTyped = false): Promise<void> | undefined {
    const { model } = this;
    const same = query === model.query;
    const literal = asTyped || (same && model.asTyped);
    if (!same || literal !== model.asTyped || model.status === 'failed') this.#asking = this.#run(query, literal);
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
    this.related.reset();
    this.model.reset();
  }

  async #run(query: string, asTyped: boolean): Promise<void> {
    const { model, related } = this;
    const { engine, limit, messages, say, answered } = this.#setting;
    if (query === '') {
      answered();
      this.reset();
      say('');
      return;
    }
    related.stop();
    const result = await model.run(engine, query, limit(), asTyped);
    if (query !== model.query || asTyped !== model.asTyped) return;
    answered();
    if (result) {
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
    emit(this.#host, 'souwen-error', { error });
    say(errorText(messages(), error));
  }
}
