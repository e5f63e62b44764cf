import type { Host } from './element.ts';
import type { Engine, Hit } from '../engine/types.ts';
import { Announcer } from './announcer.ts';
import { ComboboxController } from './combobox-controller.ts';
import { emit } from './events.ts';
import { landingAddress } from './landing.ts';
import { needlesOf } from './marks.ts';
import type { Messages } from './messages.ts';
import { ModalController } from './modal-controller.ts';
import { PanelController } from './panel-controller.ts';
import { RecentSearches } from './recent-searches.ts';
import type { Refinement } from './refinement.ts';
import type { Choice } from './result-list.ts';
import { SearchController } from './search-controller.ts';
import type { Asking } from './search-controller.ts';
import { SHORTCUTS } from './shortcuts.ts';
import { UrlController } from './url-controller.ts';
import { writeState } from './url-state.ts';
import { safeUrl } from './urls.ts';

/** What the page has set on the element. */
export interface BoxSetting {
  readonly mode: 'inline' | 'modal' | 'page';
  readonly pageSize: number;
  readonly filters: string;
  readonly recent: 'on' | 'off';
  readonly reader: 'auto' | 'always';
  readonly highlight: 'on' | 'off';
  readonly resultsPage: string | undefined;
  readonly shortcuts: string | undefined;
}

/** What the box needs beside it. */
export interface BoxNeeds {
  readonly engine: () => Promise<Engine>;
  readonly messages: () => Messages;
  /** Makes the engine anew where an error says that it is of no use any more. */
  readonly renew: (error: unknown) => Promise<void>;
  /** Opens an article in the reader. */
  readonly read: (id: string, needles: readonly string[]) => void;
}

/** What a reader does with the search box, and what follows from it. */
export class Box {
  readonly #host: BoxSetting & Host;
  readonly #needs: BoxNeeds;
  readonly announcer: Announcer;
  readonly recent = new RecentSearches();
  readonly panel: PanelController;
  readonly combobox: ComboboxController;
  readonly search: SearchController;
  readonly modal: ModalController;
  readonly #url: UrlController;

  constructor(host: BoxSetting & Host, needs: BoxNeeds) {
    this.#host = host;
    this.#needs = needs;
    this.announcer = new Announcer(host);
    this.panel = new PanelController(host);
    this.combobox = new ComboboxController(host, {
      list: () => ({ open: this.expanded, count: this.queries.length + this.shown, more: this.search.model.hasMore }),
      open: () => (this.panel.expanded = true),
      close: () => this.close(),
      typed: () => {
        void this.#ask({ typing: true });
        this.#url.typed();
      },
      submit: () => void this.#submit(),
      more: () => void this.more(true),
      clear: this.clear,
      remove: (index) => this.#forget(index),
    });
    this.search = new SearchController(host, {
      engine: needs.engine,
      messages: needs.messages,
      limit: () => this.#limit,
      say: this.announcer.say,
      answered: () => (this.combobox.active = -1),
    });
    this.#url = new UrlController(host, {
      enabled: () => host.mode === 'page',
      filters: () => this.filters,
      state: () => ({ query: this.combobox.text, refinement: this.search.refinement }),
      apply: ({ query, refinement }) => void this.#show(query, { refinement }),
    });
    this.modal = new ModalController(host, {
      shortcuts: () => this.shortcuts,
      focus: () => this.combobox.input?.focus(),
      composing: () => this.combobox.composing,
    });
  }

  /** The keys that bring the reader to the box. */
  get shortcuts(): string {
    const { shortcuts, mode } = this.#host;
    return shortcuts ?? (mode === 'modal' ? SHORTCUTS : '');
  }

  /** The names that results are narrowed by. */
  get filters(): readonly string[] {
    return this.#host.filters.split(/\s+/u).filter((name) => name !== '');
  }

  /** Whether the panel is shown. */
  get expanded(): boolean {
    const { mode } = this.#host;
    if (mode === 'page') return true;
    return mode === 'modal' ? this.modal.expanded : this.panel.expanded;
  }

  /** The queries to pick from now: suggestions or, as long as nothing is typed, those of lately. */
  get queries(): readonly string[] {
    const { model, suggestions } = this.search;
    if (model.status !== 'idle') return suggestions.queries;
    return this.#remembers ? this.recent.queries : [];
  }

  /** How many articles are listed. */
  get shown(): number {
    const { model } = this.search;
    return model.status === 'results' ? model.shown : 0;
  }

  /** Where all results are, if on another page. */
  get allResults(): string | undefined {
    const page = safeUrl(this.#host.resultsPage, document.baseURI);
    const { shownQuery, refinement } = this.search.model;
    return page && writeState(page, { query: shownQuery, refinement }, this.filters);
  }

  /** Shows what the page's address asks for, where it is the box's own. */
  start(): void {
    this.#url.start();
  }

  /** The page asks. */
  async ask(query: string, refinement: Refinement): Promise<void> {
    if (this.#host.mode === 'modal') this.modal.open();
    const asking = this.#show(query, { refinement });
    this.#url.chosen();
    await asking;
  }

  /** Asks another engine what was asked before. */
  askAgain(): void {
    const { query, asTyped } = this.search.model;
    this.search.reset();
    // A closed panel stays closed: it is not the reader who asks.
    if (query) void this.search.ask(query, { asTyped });
  }

  /** The reader has picked a query. */
  choose(query: string, asking: Asking = {}): void {
    this.#takeFocus();
    this.#remember(query);
    void this.#show(query, asking);
    this.#url.chosen();
  }

  /** The reader narrows the results, or orders them otherwise. */
  readonly refine = (refinement: Refinement): void => {
    this.search.refinement = refinement;
    void this.#ask();
    this.#url.chosen();
    void this.changed();
  };

  /** Shows what the reader has changed by a button of the panel; the button may be gone then, and the focus with it. */
  readonly changed = async (): Promise<void> => {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (!this.#host.shadowRoot?.activeElement) this.#takeFocus();
  };

  readonly clear = (): void => {
    this.combobox.text = '';
    void this.#ask();
    this.#url.typed();
    this.combobox.input?.focus();
  };

  /** Tries again after a failure. */
  readonly retry = async (): Promise<void> => {
    this.#takeFocus();
    await this.#needs.renew(this.search.model.error);
    await this.#ask();
  };

  /** Adds the next page and, if it is so wished, makes the first of it active. */
  async more(activate: boolean): Promise<void> {
    const { combobox, queries, search } = this;
    const before = this.shown;
    const arrived = await search.more();
    if (this.expanded && !search.model.hasMore) this.#takeFocus();
    if (arrived && activate && before < this.shown) combobox.active = queries.length + before;
  }

  readonly close = (): void => {
    this.panel.expanded = false;
    this.combobox.active = -1;
    this.modal.close();
  };

  /** The reader opens an article. */
  select(hit: Hit, choice: Choice, event: Event): void {
    if (!emit(this.#host, 'souwen-select', { id: choice.id, hit })) {
      event.preventDefault();
      return;
    }
    const { asked } = this.search.model;
    this.#remember(asked);
    // An option with an address is a link, which the browser follows.
    if (this.address(choice, hit)) return;
    this.#needs.read(choice.id, needlesOf(asked, hit));
  }

  /** Where an option leads, unless it is to be read here. */
  address(choice: Choice, hit: Hit): string | undefined {
    const { reader, highlight } = this.#host;
    const url = reader === 'always' ? undefined : safeUrl(choice.url, document.baseURI);
    if (!url || highlight === 'off') return url;
    return landingAddress(url, needlesOf(this.search.model.asked, hit), choice === hit ? hit.snippet : undefined);
  }

  /** `pageSize` as the engine takes it, whatever the attribute says. */
  get #limit(): number {
    return Math.min(Math.max(Math.trunc(this.#host.pageSize) || 10, 1), 1000);
  }

  get #remembers(): boolean {
    return this.#host.recent !== 'off';
  }

  /** For when a button that may have the focus goes away. A finger's focus would bring up its keyboard. */
  #takeFocus(): void {
    if (!hasCoarsePointer()) this.combobox.input?.focus({ preventScroll: true });
  }

  /** Puts a query into the input and asks for it. */
  #show(query: string, { refinement, ...asking }: Asking & { readonly refinement?: Refinement }): Promise<void> | undefined {
    this.combobox.text = query;
    if (refinement) this.search.refinement = refinement;
    return this.#ask(asking);
  }

  /** Asks for what stands in the input, unless that is what was asked last; resolves once it is answered. */
  #ask(asking?: Asking): Promise<void> | undefined {
    this.panel.expanded = true;
    return this.search.ask(this.combobox.text, asking);
  }

  /** Enter without an active option: shows the results, the first one active. */
  async #submit(): Promise<void> {
    const { combobox, search } = this;
    const asking = this.#ask();
    this.#remember(combobox.text);
    this.#url.chosen();
    // Where the pointer is a finger, the keyboard covers what was asked for.
    if (hasCoarsePointer()) combobox.input?.blur();
    await asking;
    search.suggestions.reset();
    // By now the panel may have been closed.
    if (this.expanded && this.shown > 0 && !search.model.busy) combobox.active = 0;
  }

  #remember(query: string): void {
    if (this.#remembers) this.recent.add(query);
  }

  /** Takes a recent search off the list. */
  #forget(index: number): boolean {
    const query = this.search.model.status === 'idle' ? this.queries[index] : undefined;
    if (query === undefined) return false;
    this.recent.remove(query);
    this.combobox.active = Math.min(index, this.queries.length - 1);
    this.#host.requestUpdate();
    return true;
  }
}

function hasCoarsePointer(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
