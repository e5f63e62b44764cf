import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { clearIcon, searchIcon } from './icons.ts';
import type { Messages } from './messages.ts';
import { LIST_ID, optionId } from './result-list.ts';

/** What the field shows, and where it reports to. */
export interface SearchFieldProps {
  readonly messages: Messages;
  readonly placeholder: string | undefined;
  /** Whether a list of options is shown beneath. */
  readonly listed: boolean;
  /** The active option, or −1. */
  readonly active: number;
  readonly onInput: (event: InputEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onCompositionStart: () => void;
  readonly onCompositionEnd: (event: CompositionEvent) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly onClear: () => void;
}

/**
 * The editable combobox. Its value is never bound: what stands in an input while an IME composes
 * must not be touched.
 */
export function searchField(props: SearchFieldProps): TemplateResult {
  const { messages, listed, active } = props;
  return html`<div class="field" part="field">
    ${searchIcon}
    <input
      part="input"
      type="search"
      role="combobox"
      aria-label=${messages.label}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-expanded=${listed}
      aria-controls=${listed ? LIST_ID : nothing}
      aria-activedescendant=${listed && active >= 0 ? optionId(active) : nothing}
      placeholder=${props.placeholder ?? messages.placeholder}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      enterkeyhint="search"
      @input=${props.onInput}
      @keydown=${props.onKeyDown}
      @compositionstart=${props.onCompositionStart}
      @compositionend=${props.onCompositionEnd}
      @focus=${props.onFocus}
      @click=${props.onFocus}
      @blur=${props.onBlur}
    />
    <button type="button" class="clear" part="clear" aria-label=${messages.clear} @click=${props.onClear}>${clearIcon}</button>
  </div>`;
}
