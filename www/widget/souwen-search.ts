import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Engine, Hit } from '../engine/types.ts';
import { Announcer } from './announcer.ts';
import { EngineSource } from './engine-source.ts';
import type { Opener } from './engine-source.ts';
import { emit } from './events.ts';
import { CompositionTracker, composesAlways } from './ime.ts';
import { IndexInfo } from './index-info.ts';
import { keyAction } from './keyboard.ts';
import { needlesOf } from './marks.ts';
import { messagesFor } from './messages.ts';
import type { Messages } from './messages.ts';
import { PanelController } from './panel-controller.ts';
import { panelView } from './panel-view.ts';
import { ReaderController } from './reader-controller.ts';
import { readerDialog } from './reader-view.ts';
import { optionId } from './result-list.ts';
import type { Choice } from './result-list.ts';
import { SearchController } from './search-controller.ts';
import { searchField } from './search-field.ts';
import { styles } from './souwen-search.styles.ts';
import { safeUrl } from './urls.ts';

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
    active: { state: true },
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

  private declare active: number;

  readonly #source = new EngineSource(() => this.requestUpdate());
  readonly #ime = new CompositionTracker(composesAlways(navigator.userAgent));
  readonly #getEngine = (): Promise<Engine> => this.#source.get(SouwenSearch.opener, document.baseURI);
  readonly #reader = new ReaderController(this, this.#getEngine);
  readonly #panel = new PanelController(this);
  readonly #info = new IndexInfo(this.#getEngine, () => this.requestUpdate());
  readonly #announcer = new Announcer(this);
  readonly #search = new SearchController(this, {
    engine: this.#getEngine,
    messages: () => this.#words,
    limit: () => this.#limit,
    say: this.#announcer.say,
    answered: () => {
      this.active = -1;
    },
  });

  constructor() {
    super();
    this.pageSize = 10;
    this.reader = 'auto';
    this.active = -1;
    this.addEventListener('pointerenter', this.#info.ask, { once: true });
  }

  /** Puts a query into the input and shows its results. */
  async search(query: string): Promise<void> {
    await this.updateComplete;
    this.#show(query);
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

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('engine') && !changed.has('bundle')) return;
    if (!this.#source.set(this.engine, this.bundle)) return;
    this.#info.value = undefined;
    const { query, asTyped } = this.#search.model;
    this.#search.reset();
    // A closed panel stays closed: it is not the reader who asks.
    if (query) void this.#search.ask(query, asTyped);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('active') && this.active >= 0) this.#activeOption?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    const messages = this.#words;
    const language = this.#language;
    const { active } = this;
    const { expanded } = this.#panel;
    const { model, related } = this.#search;
    return html`${searchField({
        messages,
        placeholder: this.placeholder,
        listed: expanded && this.#count > 0,
        active,
        onInput: this.#onInput,
        onKeyDown: this.#onKeyDown,
        onCompositionStart: () => this.#ime.compositionStarted(),
        onCompositionEnd: this.#onCompositionEnd,
        onFocus: this.#onFocus,
        onBlur: () => this.#ime.reset(),
        onClear: this.#clear,
      })}
      <div class="panel" part="panel" ?hidden=${!expanded} aria-busy=${model.busy} @keydown=${this.#onPanelKeyDown}>
        ${expanded
          ? panelView({
              model,
              related: related.queries,
              active,
              info: this.#info.value,
              opening: this.#source.opening,
              messages,
              language,
              address: (choice) => this.#address(choice),
              onSelect: (hit, choice, event) => this.#select(hit, choice, event),
              onMore: () => void this.#more(false),
              onRetry: () => {
                this.#takeFocus();
                void this.#ask(model.query);
              },
              onQuery: (query) => {
                this.#takeFocus();
                void this.search(query);
              },
              onAsTyped: () => {
                this.#takeFocus();
                this.#show(model.shownQuery);
                void this.#ask(model.shownQuery, true);
              },
            })
          : nothing}
      </div>
      <div class="visually-hidden" role="status" aria-live="polite">${this.#announcer.text}</div>
      ${readerDialog(this.#reader, messages, language)}`;
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

  /** How many options there are to choose from now. */
  get #count(): number {
    const { model } = this.#search;
    return model.status === 'results' ? model.shown : 0;
  }

  readonly #onFocus = (): void => {
    this.#panel.expanded = true;
    void this.#info.ask();
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
    const { hasMore } = this.#search.model;
    const list = { open: this.#panel.expanded, count: this.#count, active: this.active, more: hasMore };
    const action = keyAction(event.key, list);
    if (!action || (action.type === 'clear' && !this.#input?.value)) return;
    event.preventDefault();
    switch (action.type) {
      case 'open':
        this.#panel.expanded = true;
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
    this.#panel.expanded = false;
    this.active = -1;
  }

  readonly #clear = (): void => {
    this.#show('');
    void this.#ask('');
    this.#input?.focus();
  };

  /** Puts a text into the input. */
  #show(text: string): void {
    const input = this.#input;
    if (input) input.value = text;
  }

  /** Asks for what stands in the input, unless that is what was asked last; resolves once it is answered. */
  #ask(text = this.#input?.value ?? '', asTyped = false): Promise<void> | undefined {
    this.#panel.expanded = true;
    return this.#search.ask(text.trim(), asTyped);
  }

  /** Enter without an active option: shows the results, the first one active. */
  async #submit(): Promise<void> {
    const asking = this.#ask();
    // Where the pointer is a finger, the keyboard covers what was asked for.
    if (hasCoarsePointer()) this.#input?.blur();
    await asking;
    // By now the panel may have been closed.
    if (this.#panel.expanded && this.#count > 0 && !this.#search.model.busy) this.active = 0;
  }

  async #more(activate: boolean): Promise<void> {
    const before = this.#count;
    const arrived = await this.#search.more();
    if (this.#panel.expanded && !this.#search.model.hasMore) this.#takeFocus();
    if (arrived && activate && before < this.#count) this.active = before;
  }

  #select(hit: Hit, choice: Choice, event: Event): void {
    if (!emit(this, 'souwen-select', { id: choice.id, hit })) {
      event.preventDefault();
      return;
    }
    // An option with an address is a link, which the browser follows.
    if (this.#address(choice)) return;
    const { corrected, shownQuery } = this.#search.model;
    void this.#reader.read(choice.id, needlesOf(corrected ?? shownQuery, hit), true);
  }

  /** Where an option leads, unless it is to be read here. */
  #address(choice: Choice): string | undefined {
    return this.reader === 'always' ? undefined : safeUrl(choice.url, document.baseURI);
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
