import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { ComboboxController } from './combobox-controller.ts';
import { clearIcon, searchIcon } from './icons.ts';
import type { Messages } from './messages.ts';
import { QUERIES_ID } from './query-list.ts';
import { LIST_ID, optionId } from './result-list.ts';

/** What the field shows, and where it reports to. */
export interface SearchFieldProps {
  readonly messages: Messages;
  readonly placeholder: string | undefined;
  /** Which lists of options are shown beneath. */
  readonly queries: boolean;
  readonly hits: boolean;
  readonly onFocus: () => void;
  readonly onClear: () => void;
}

/**
 * The editable combobox. Its value is never bound: what stands in an input while an IME composes
 * must not be touched.
 */
export function searchField(combobox: ComboboxController, props: SearchFieldProps): TemplateResult {
  const { messages, queries, hits } = props;
  const { active } = combobox;
  const lists = [...(queries ? [QUERIES_ID] : []), ...(hits ? [LIST_ID] : [])];
  const listed = lists.length > 0;
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
      aria-controls=${listed ? lists.join(' ') : nothing}
      aria-activedescendant=${listed && active >= 0 ? optionId(active) : nothing}
      placeholder=${props.placeholder ?? messages.placeholder}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      enterkeyhint="search"
      @input=${combobox.onInput}
      @keydown=${combobox.onKeyDown}
      @compositionstart=${combobox.onCompositionStart}
      @compositionend=${combobox.onCompositionEnd}
      @focus=${props.onFocus}
      @click=${props.onFocus}
      @blur=${combobox.onBlur}
    />
    <button type="button" class="clear" part="clear" aria-label=${messages.clear} @click=${props.onClear}>${clearIcon}</button>
  </div>`;
}
