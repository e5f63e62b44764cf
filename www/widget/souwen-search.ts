import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Engine } from '../engine/types.ts';
import { Box } from './box.ts';
import type { BoxSetting } from './box.ts';
import { RenderedElement } from './element.ts';
import { EngineSource } from './engine-source.ts';
import type { Opener } from './engine-source.ts';
import { IndexInfo } from './index-info.ts';
import { languageOf } from './language.ts';
import { LanguageController, loadWords, wordsFor } from './languages.ts';
import type { Messages } from './messages.ts';
import { modalView } from './modal-view.ts';
import { OfflineController } from './offline-controller.ts';
import { offlineStore } from './offline-store.ts';
import type { OfflineStore } from './offline-store.ts';
import { offlineView } from './offline-view.ts';
import { panelView } from './panel-view.ts';
import { ReaderController } from './reader-controller.ts';
import { readerDialog } from './reader-view.ts';
import { UNREFINED } from './refinement.ts';
import type { Refinement } from './refinement.ts';
import { searchField } from './search-field.ts';
import { styles } from './souwen-search.styles.ts';

/**
 * `<souwen-search>`: a search box with live results, and a reader for articles without a page.
 *
 * @fires souwen-search A query has been answered.
 * @fires souwen-select A hit is about to be opened; cancelable.
 * @fires souwen-error Something failed.
 * @fires souwen-close The reader has been closed.
 * @fires souwen-offline More, or less, works without a network than before.
 */
export class SouwenSearch extends RenderedElement implements BoxSetting {
  static override readonly styles = styles;
  static override readonly properties = {
    bundle: { attribute: 'bundle' },
    integrity: { attribute: 'integrity' },
    engine: {},
    mode: { attribute: 'mode', reflect: true, value: 'inline' },
    placeholder: { attribute: 'placeholder' },
    pageSize: { attribute: 'page-size', type: 'number', value: 10 },
    filters: { attribute: 'filters', value: 'date section' },
    recent: { attribute: 'recent', value: 'on' },
    reader: { attribute: 'reader', value: 'auto' },
    highlight: { attribute: 'highlight', value: 'on' },
    resultsPage: { attribute: 'results-page' },
    shortcuts: { attribute: 'shortcuts' },
    offline: { attribute: 'offline', type: 'flag', value: false },
    messages: {},
  } as const;

  /** Opens engines for the `bundle` attribute; set where the element is registered. */
  static opener: Opener | undefined;

  /** The URL of a bundle, relative to the page. */
  declare bundle: string | undefined;
  /** `sha256-…` of the bundle's manifest, as `souwen build` prints it: nothing is read that is not verified by it. */
  declare integrity: string | undefined;
  /** An engine to use instead of one opened for `bundle`. */
  declare engine: Engine | undefined;
  /** `inline`: a list beneath the box; `modal`: a button that opens a dialog; `page`: all in the page, and in its address. */
  declare mode: BoxSetting['mode'];
  /** Stands in the empty input. */
  declare placeholder: string | undefined;
  /** So many results at a time. */
  declare pageSize: number;
  /** What readers can narrow the results by: `date` and names of facets, apart by spaces. */
  declare filters: string;
  /** `off` keeps no recent searches. */
  declare recent: BoxSetting['recent'];
  /** `always` reads every article in the widget; by default only those without a page of their own. */
  declare reader: BoxSetting['reader'];
  /** `off` leaves the addresses of articles as they are; by default they name the words to mark there. */
  declare highlight: BoxSetting['highlight'];
  /** The address of a page with all results, which is given `?q=`. */
  declare resultsPage: string | undefined;
  /** The keys that bring the reader to the box, as `mod+k /`; those are a dialog's unless set. */
  declare shortcuts: string | undefined;
  /** Whether the reader is told what works without a network, and offered to save all of it. */
  declare offline: boolean;
  /** The widget's words; those of the page's language unless set. */
  declare messages: Messages | undefined;

  #store: OfflineStore | undefined;
  readonly #source = new EngineSource(() => this.requestUpdate());
  readonly #getEngine = (): Promise<Engine> => this.#source.get(SouwenSearch.opener, document.baseURI);
  readonly #info = new IndexInfo(this.#getEngine, () => this.requestUpdate());
  readonly #reader = new ReaderController(this, this.#getEngine, () => this.#words);
  readonly #offline = new OfflineController(this, {
    store: () => this.#store,
    engine: this.#getEngine,
    another: () => this.#source.another(SouwenSearch.opener, document.baseURI),
  });
  readonly #box = new Box(this, {
    engine: this.#getEngine,
    messages: () => this.#words,
    renew: (error) => this.#source.renew(error),
    read: (id, needles) => void this.#reader.read(id, needles, true),
  });

  constructor() {
    super();
    new LanguageController(this);
    this.addEventListener('pointerenter', this.#info.ask, { once: true });
    // An answer brings parts of the index, which are kept.
    this.addEventListener('souwen-search', () => this.offline && void this.#offline.look());
    this.addEventListener('souwen-offline', ({ detail: { state } }) => {
      this.#box.announcer.say(state === 'all' ? this.#words.offlineAll : this.#words.removed);
    });
  }

  /** Puts a query into the input and shows its results, narrowed and ordered as told. */
  async search(query: string, refinement: Partial<Refinement> = {}): Promise<void> {
    await this.updateComplete;
    await this.#box.ask(query, { ...UNREFINED, ...refinement });
  }

  /** Opens an article in the reader, with some words marked. */
  read(id: string, needles: readonly string[] = []): Promise<void> {
    return this.updateComplete.then(() => this.#reader.read(id, needles, false));
  }

  /** The engine that the element searches with, opened now if it has not been yet. */
  whenReady(): Promise<Engine> {
    return this.updateComplete.then(this.#getEngine);
  }

  /** Closes the reader. */
  closeReader(): void {
    this.#reader.close();
  }

  /** Opens the dialog of `mode="modal"`; elsewhere the input gets the focus. */
  open(): void {
    this.#box.modal.open();
  }

  /** Closes the dialog of `mode="modal"`, or the list. */
  close(): void {
    this.#box.close();
  }

  override focus(options?: FocusOptions): void {
    const { modal, combobox } = this.#box;
    const trigger = modal.expanded ? null : this.shadowRoot?.querySelector<HTMLElement>('.trigger');
    (trigger ?? combobox.input)?.focus(options);
  }

  protected override readiness(): Promise<void> | undefined {
    return this.messages ? undefined : loadWords(languageOf(this));
  }

  protected override firstUpdated(): void {
    this.#box.start();
  }

  protected override willUpdate(changed: ReadonlySet<string>): void {
    if (!['engine', 'bundle', 'integrity'].some((name) => changed.has(name))) return;
    if (!this.#source.set(this.engine, this.bundle, this.integrity)) return;
    this.#info.value = undefined;
    const folder = this.#source.folder(document.baseURI);
    this.#store = folder === undefined ? undefined : offlineStore(folder);
    this.#box.askAgain();
  }

  protected override render(): TemplateResult {
    const messages = this.#words;
    const language = languageOf(this);
    const { announcer, expanded, modal, search, shortcuts } = this.#box;
    const box = html`${this.#field(messages)}
      <div class="panel" part="panel" ?hidden=${!expanded} aria-busy=${search.model.busy} @keydown=${this.#onPanelKeyDown}>
        ${expanded ? this.#inside(messages, language) : nothing}
        ${expanded && this.offline ? offlineView(this.#offline, messages) : nothing}
      </div>
      <div class="visually-hidden" role="status" aria-live="polite">${announcer.text}</div>`;
    return html`${this.mode === 'modal' ? modalView(modal, messages, shortcuts, box) : box}
    ${readerDialog(this.#reader, messages, language)}`;
  }

  #field(messages: Messages): TemplateResult {
    const { clear, combobox, expanded, panel, queries, shown } = this.#box;
    return searchField(combobox, {
      messages,
      placeholder: this.placeholder,
      queries: expanded && queries.length > 0,
      hits: expanded && shown > 0,
      onFocus: () => {
        panel.expanded = true;
        void this.#info.ask();
        if (this.offline) void this.#offline.look();
      },
      onClear: clear,
    });
  }

  #inside(messages: Messages, language: string): TemplateResult {
    const box = this.#box;
    const { model, related, refinement } = box.search;
    return panelView({
      model,
      queries: box.queries,
      related: related.queries,
      active: box.combobox.active,
      info: this.#info.value,
      opening: this.#source.opening,
      messages,
      language,
      refinement,
      filters: box.filters,
      recent: this.recent === 'off' ? undefined : box.recent,
      allResults: box.allResults,
      address: (choice, hit) => box.address(choice, hit),
      onSelect: (hit, choice, event) => box.select(hit, choice, event),
      onMore: () => void box.more(false),
      onRetry: () => void box.retry(),
      onQuery: (query) => box.choose(query),
      onAsTyped: () => box.choose(model.shownQuery, { asTyped: true }),
      onRefine: box.refine,
      onRecent: () => void box.changed(),
    });
  }

  get #words(): Messages {
    return this.messages ?? wordsFor(languageOf(this));
  }

  /** Esc on a button of the panel closes it, too, and the focus goes where it came from. */
  readonly #onPanelKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.mode !== 'inline') return;
    this.#box.combobox.input?.focus();
    // After the focus, which opens the panel.
    this.#box.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'souwen-search': SouwenSearch;
  }
}
