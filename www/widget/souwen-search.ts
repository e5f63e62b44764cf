import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Engine, EngineInfo, Hit } from '../engine/types.ts';
import { EngineSource } from './engine-source.ts';
import type { Opener } from './engine-source.ts';
import { emit } from './events.ts';
import { CompositionTracker, composesAlways } from './ime.ts';
import { keyAction } from './keyboard.ts';
import { needlesOf } from './marks.ts';
import { messagesFor } from './messages.ts';
import type { Messages } from './messages.ts';
import { panelView, summary } from './panel-view.ts';
import { ReaderController } from './reader-controller.ts';
import { HEADLINE_ID, readerView } from './reader-view.ts';
import { optionId } from './result-list.ts';
import { searchField } from './search-field.ts';
import { SearchModel } from './search-model.ts';
import { styles } from './souwen-search.styles.ts';
import { errorText } from './status-view.ts';
import { safeUrl } from './urls.ts';

/** So long a count must stand before it is announced, so that typing does not make it chatter. */
const ANNOUNCE_AFTER_MS = 500;

/**
 * `<souwen-search>`: a search box with live results, and a reader for articles without a page.
 *
 * @fires souwen-search A query has been answered.
 * @fires souwen-select A hit is about to be opened; cancelable.
 * @fires souwen-error Something failed.
 * @fires souwen-close The reader has been closed.
 */
export class SouwenSearch extends LitElement {
  static override styles = styles;
  static override properties = {
    bundle: { type: String },
    engine: { attribute: false },
    placeholder: { type: String },
    pageSize: { type: Number, attribute: 'page-size' },
    reader: { type: String },
    messages: { attribute: false },
    expanded: { state: true },
    active: { state: true },
    info: { state: true },
    announcement: { state: true },
  };

  /** Opens engines for the `bundle` attribute; set where the element is registered. */
  static opener: Opener | undefined;

  /** The URL of a bundle, relative to the page. */
  declare bundle: string | undefined;
  /** An engine to use instead of one opened for `bundle`. */
  declare engine: Engine | undefined;
  /** Stands in the empty input. */
  declare placeholder: string | undefined;
  /** So many results at a time. */
  declare pageSize: number;
  /** `always` reads every article in the widget; by default only those without a page of their own. */
  declare reader: 'auto' | 'always';
  /** The widget's words; those of the page's language unless set. */
  declare messages: Messages | undefined;

  private declare expanded: boolean;
  private declare active: number;
  private declare info: EngineInfo | undefined;
  private declare announcement: string;

  readonly #source = new EngineSource();
  readonly #model = new SearchModel(() => this.requestUpdate());
  readonly #ime = new CompositionTracker(composesAlways(navigator.userAgent));
  readonly #getEngine = (): Promise<Engine> => this.#source.get(SouwenSearch.opener, document.baseURI);
  readonly #reader = new ReaderController(this, this.#getEngine);
  #announcing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.pageSize = 10;
    this.reader = 'auto';
    this.expanded = false;
    this.active = -1;
    this.announcement = '';
    this.addEventListener('pointerenter', this.#warmUp, { once: true });
    this.addEventListener('focusout', this.#onFocusOut);
  }

  /** Puts a query into the input and shows its results. */
  async search(query: string): Promise<void> {
    await this.updateComplete;
    const input = this.#input;
    if (input) input.value = query;
    this.expanded = true;
    await this.#ask(query);
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

  override focus(options?: FocusOptions): void {
    this.#input?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#onPressOutside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#onPressOutside);
    clearTimeout(this.#announcing);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('engine') && !changed.has('bundle')) return;
    if (!this.#source.set(this.engine, this.bundle)) return;
    this.info = undefined;
    const { query } = this.#model;
    this.#model.reset();
    if (query) void this.#ask(query);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('active') && this.active >= 0) this.#activeOption?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    const messages = this.#words;
    const language = this.#language;
    const { expanded, active } = this;
    const { reading } = this.#reader;
    return html`${searchField({
        messages,
        placeholder: this.placeholder,
        listed: expanded && this.#options.length > 0,
        active,
        onInput: this.#onInput,
        onKeyDown: this.#onKeyDown,
        onCompositionStart: () => this.#ime.compositionStarted(),
        onCompositionEnd: this.#onCompositionEnd,
        onFocus: this.#onFocus,
        onBlur: () => this.#ime.reset(),
        onClear: this.#clear,
      })}
      <div class="panel" part="panel" ?hidden=${!expanded} aria-busy=${this.#model.busy} @keydown=${this.#onPanelKeyDown}>
        ${expanded
          ? panelView({
              model: this.#model,
              active,
              info: this.info,
              messages,
              language,
              address: (hit) => this.#address(hit),
              onSelect: (hit, event) => this.#select(hit, event),
              onMore: () => void this.#more(false),
              onRetry: () => void this.#ask(this.#model.query),
              onQuery: (query) => void this.search(query),
            })
          : nothing}
      </div>
      <div class="visually-hidden" role="status" aria-live="polite">${this.announcement}</div>
      <dialog
        part="reader"
        class="reader"
        aria-labelledby=${HEADLINE_ID}
        @close=${this.#reader.closed}
        @click=${this.#reader.clicked}
      >
        ${reading ? readerView(reading, messages, language, this.#reader.close, this.#reader.retry) : nothing}
      </dialog>`;
  }

  get #input(): HTMLInputElement | null {
    return this.shadowRoot?.querySelector('input') ?? null;
  }

  get #activeOption(): HTMLElement | null {
    return this.shadowRoot?.getElementById(optionId(this.active)) ?? null;
  }

  get #language(): string {
    return this.closest('[lang]')?.getAttribute('lang') || 'zh-CN';
  }

  get #words(): Messages {
    return this.messages ?? messagesFor(this.#language);
  }

  /** The hits that can be chosen now. */
  get #options(): readonly Hit[] {
    return this.#model.status === 'results' ? this.#model.hits : [];
  }

  readonly #warmUp = async (): Promise<void> => {
    if (this.info) return;
    try {
      const engine = await this.#getEngine();
      this.info = await engine.info();
    } catch {
      // Only a rehearsal: the first query meets the same error, and tells it.
    }
  };

  readonly #onFocus = (): void => {
    this.expanded = true;
    void this.#warmUp();
  };

  readonly #onFocusOut = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to instanceof Node && to !== this && !this.contains(to)) this.expanded = false;
  };

  readonly #onPressOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.expanded = false;
  };

  readonly #onInput = (event: InputEvent): void => {
    if (this.#ime.isQuery(event)) void this.#ask();
  };

  readonly #onCompositionEnd = (event: CompositionEvent): void => {
    this.#ime.compositionEnded(event);
    void this.#ask();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (this.#ime.ownsKey(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const list = { open: this.expanded, count: this.#options.length, active: this.active, more: this.#model.hasMore };
    const action = keyAction(event.key, list);
    if (!action || (action.type === 'clear' && !this.#input?.value)) return;
    event.preventDefault();
    switch (action.type) {
      case 'open':
        this.expanded = true;
        return;
      case 'close':
        this.#collapse();
        return;
      case 'clear':
        this.#clear();
        return;
      case 'activate':
        this.active = action.index;
        return;
      case 'more':
        void this.#more(true);
        return;
      case 'submit':
        void this.#submit();
        return;
      case 'select':
        // As a press of the pointer would: where the option is a link, the browser follows it.
        this.#activeOption?.click();
    }
  };

  /** Esc on a button of the panel closes it, too, and the focus goes where it came from. */
  readonly #onPanelKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    this.#input?.focus();
    // After the focus, which opens the panel.
    this.#collapse();
  };

  #collapse(): void {
    this.expanded = false;
    this.active = -1;
  }

  readonly #clear = (): void => {
    const input = this.#input;
    if (!input) return;
    input.value = '';
    void this.#ask('');
    input.focus();
  };

  /** Asks for what stands in the input, unless that is what was asked last. */
  async #ask(text = this.#input?.value ?? ''): Promise<void> {
    const model = this.#model;
    const query = text.trim();
    if (query === model.query && model.status !== 'failed') return;
    this.expanded = true;
    if (query === '') {
      this.active = -1;
      model.reset();
      this.#announce('');
      return;
    }
    const result = await model.run(this.#getEngine, query, this.pageSize);
    if (query !== model.query) return;
    this.active = -1;
    if (result) {
      emit(this, 'souwen-search', { query, total: result.total, tookMs: result.tookMs });
      const words = this.#words;
      this.#announce(result.total > 0 ? summary(words, result) : words.nothing(query));
    } else if (model.status === 'failed') {
      emit(this, 'souwen-error', { error: model.error });
      this.#announce(errorText(this.#words, model.error));
    }
  }

  /** Enter without an active option: shows the results, the first one active. */
  async #submit(): Promise<void> {
    this.expanded = true;
    await this.#ask();
    if (this.#options.length > 0 && !this.#model.busy) this.active = 0;
    // Where the pointer is a finger, the keyboard covers what was asked for.
    if (matchMedia('(pointer: coarse)').matches) this.#input?.blur();
  }

  async #more(activate: boolean): Promise<void> {
    const before = this.#options.length;
    const result = await this.#model.more(this.#getEngine, this.pageSize);
    if (!result) return;
    if (activate) this.active = before;
    this.#announce(this.#words.moreLoaded(this.#options.length, result.total));
  }

  #select(hit: Hit, event: Event): void {
    if (!emit(this, 'souwen-select', { id: hit.id, hit })) {
      event.preventDefault();
      return;
    }
    // A hit with an address is a link, which the browser follows.
    if (this.#address(hit)) return;
    void this.#reader.read(hit.id, needlesOf(this.#model.shownQuery, hit), true);
  }

  /** Where a hit leads, unless it is to be read here. */
  #address(hit: Hit): string | undefined {
    return this.reader === 'always' ? undefined : safeUrl(hit.url, document.baseURI);
  }

  #announce(text: string): void {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => {
      this.announcement = text;
    }, ANNOUNCE_AFTER_MS);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'souwen-search': SouwenSearch;
  }
}
