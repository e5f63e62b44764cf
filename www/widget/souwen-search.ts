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
  #asking: Promise<void> | undefined;
  #pressInside: Event | undefined;

  constructor() {
    super();
    this.pageSize = 10;
    this.reader = 'auto';
    this.expanded = false;
    this.active = -1;
    this.announcement = '';
    this.addEventListener('pointerenter', this.#warmUp, { once: true });
    this.addEventListener('focusout', this.#onFocusOut);
    this.addEventListener('pointerdown', (event) => {
      this.#pressInside = event;
    });
  }

  /** Puts a query into the input and shows its results. */
  async search(query: string): Promise<void> {
    await this.updateComplete;
    const input = this.#input;
    if (input) input.value = query;
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
    if (!query) return;
    const { expanded } = this;
    void this.#ask(query);
    // A closed panel stays closed: it was not the reader who asked.
    this.expanded = expanded;
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
              onRetry: () => {
                this.#takeFocus();
                void this.#ask(this.#model.query);
              },
              onQuery: (query) => {
                this.#takeFocus();
                void this.search(query);
              },
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

  /** `pageSize` as the engine takes it, whatever the attribute says. */
  get #limit(): number {
    return Math.min(Math.max(Math.trunc(this.pageSize) || 10, 1), 1000);
  }

  /** The hits that can be chosen now. */
  get #options(): readonly Hit[] {
    return this.#model.status === 'results' ? this.#model.hits : [];
  }

  readonly #warmUp = async (): Promise<void> => {
    if (this.info) return;
    try {
      const engine = await this.#getEngine();
      const info = await engine.info();
      // Another bundle may have been named in the meantime.
      if (engine === (await this.#getEngine())) this.info = info;
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
    // The event's path would not tell: inside a closed shadow tree it does not show this element.
    if (event !== this.#pressInside) this.expanded = false;
    this.#pressInside = undefined;
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

  /** For when a button that may have the focus goes away. A finger's focus would bring up its keyboard. */
  #takeFocus(): void {
    if (!hasCoarsePointer()) this.focus({ preventScroll: true });
  }

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

  /** Asks for what stands in the input, unless that is what was asked last; resolves once it is answered. */
  #ask(text = this.#input?.value ?? ''): Promise<void> | undefined {
    const { query, status } = this.#model;
    const asked = text.trim();
    this.expanded = true;
    if (asked !== query || status === 'failed') this.#asking = this.#run(asked);
    return this.#asking;
  }

  async #run(query: string): Promise<void> {
    const model = this.#model;
    if (query === '') {
      this.active = -1;
      model.reset();
      this.#announce('');
      return;
    }
    const result = await model.run(this.#getEngine, query, this.#limit);
    if (query !== model.query) return;
    this.active = -1;
    if (result) {
      emit(this, 'souwen-search', { query, total: result.total, tookMs: result.tookMs });
      const words = this.#words;
      this.#announce(result.total > 0 ? summary(words, result) : words.nothing(query));
    } else {
      this.#tellFailure();
    }
  }

  #tellFailure(): void {
    const { status, error } = this.#model;
    if (status !== 'failed') return;
    emit(this, 'souwen-error', { error });
    this.#announce(errorText(this.#words, error));
  }

  /** Enter without an active option: shows the results, the first one active. */
  async #submit(): Promise<void> {
    const asking = this.#ask();
    // Where the pointer is a finger, the keyboard covers what was asked for.
    if (hasCoarsePointer()) this.#input?.blur();
    await asking;
    // By now the panel may have been closed.
    if (this.expanded && this.#options.length > 0 && !this.#model.busy) this.active = 0;
  }

  async #more(activate: boolean): Promise<void> {
    const before = this.#options.length;
    const result = await this.#model.more(this.#getEngine, this.#limit);
    if (this.expanded && !this.#model.hasMore) this.#takeFocus();
    if (!result) return this.#tellFailure();
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
    // The same words again would be no change, and not be read.
    this.announcement = '';
    this.#announcing = setTimeout(() => {
      this.announcement = text;
    }, ANNOUNCE_AFTER_MS);
  }
}

function hasCoarsePointer(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

declare global {
  interface HTMLElementTagNameMap {
    'souwen-search': SouwenSearch;
  }
}
