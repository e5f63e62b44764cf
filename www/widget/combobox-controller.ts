import type { Controller, Host } from './element.ts';
import { CompositionTracker, composesAlways } from './ime.ts';
import { keyAction } from './keyboard.ts';
import { optionId } from './result-list.ts';

/** What the input's events lead to. */
export interface ComboboxSetting {
  /** What the list shows now. */
  readonly list: () => { readonly open: boolean; readonly count: number; readonly more: boolean };
  readonly close: () => void;
  readonly open: () => void;
  /** What stands in the input was typed by the reader. */
  readonly typed: () => void;
  readonly submit: () => void;
  readonly more: () => void;
  readonly clear: () => void;
  /** Shift+Delete: the option is wanted no more; false if it cannot be removed. */
  readonly remove: (index: number) => boolean;
}

/** The input of an editable combobox: its text, its keys, its compositions, and which option is active. */
export class ComboboxController implements Controller {
  readonly #host: Host;
  readonly #setting: ComboboxSetting;
  readonly #ime = new CompositionTracker(composesAlways(navigator.userAgent));
  #active = -1;
  #moved = false;

  constructor(host: Host, setting: ComboboxSetting) {
    this.#host = host;
    this.#setting = setting;
    host.addController(this);
  }

  /** The active option, or −1 when the caret alone is active. */
  get active(): number {
    return this.#active;
  }

  set active(index: number) {
    if (index === this.#active) return;
    this.#active = index;
    this.#moved = true;
    this.#host.requestUpdate();
  }

  get input(): HTMLInputElement | null {
    return this.#host.shadowRoot?.querySelector('input[role]') ?? null;
  }

  /** What stands in the input. */
  get text(): string {
    return (this.input?.value ?? '').trim();
  }

  /** Puts a text into the input. */
  set text(text: string) {
    const { input } = this;
    if (input) input.value = text;
  }

  hostUpdated(): void {
    if (!this.#moved) return;
    this.#moved = false;
    if (this.#active >= 0) this.#option?.scrollIntoView({ block: 'nearest' });
  }

  readonly onInput = (event: InputEvent): void => {
    if (this.#ime.isQuery(event)) this.#setting.typed();
  };

  readonly onCompositionStart = (): void => this.#ime.compositionStarted();

  readonly onCompositionEnd = (event: CompositionEvent): void => {
    this.#ime.compositionEnded(event);
    this.#setting.typed();
  };

  readonly onBlur = (): void => this.#ime.reset();

  /** Whether a word is being composed. */
  get composing(): boolean {
    return this.#ime.composing;
  }

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (this.#ime.ownsKey(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const setting = this.#setting;
    if (event.key === 'Delete' && event.shiftKey) {
      if (this.#active >= 0 && setting.remove(this.#active)) event.preventDefault();
      return;
    }
    const action = keyAction(event.key, { ...setting.list(), active: this.#active });
    if (!action || (action.type === 'clear' && !this.input?.value)) return;
    event.preventDefault();
    switch (action.type) {
      case 'activate':
        this.active = action.index;
        return;
      case 'select':
        // As a press of the pointer would: where the option is a link, the browser follows it.
        this.#option?.click();
        return;
      default:
        setting[action.type]();
    }
  };

  get #option(): HTMLElement | null {
    return this.#host.shadowRoot?.getElementById(optionId(this.#active)) ?? null;
  }
}
