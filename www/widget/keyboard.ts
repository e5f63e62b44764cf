/** What the list shows when a key is pressed in the input. */
export interface ListState {
  readonly open: boolean;
  /** How many options are listed. */
  readonly count: number;
  /** The active option, or −1 when the caret alone is active. */
  readonly active: number;
  /** Whether more options can be loaded after the last. */
  readonly more: boolean;
}

/** What a key does. */
export type KeyAction =
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'clear' }
  | { readonly type: 'activate'; readonly index: number }
  /** Load more options and activate the first of them. */
  | { readonly type: 'more' }
  | { readonly type: 'select'; readonly index: number }
  /** Search for what stands in the input, now. */
  | { readonly type: 'submit' };

/**
 * The keys of an editable combobox with a listbox (WAI-ARIA Authoring Practices): ↓ ↑ walk through
 * the options and back into the input, Enter opens the active one, Esc closes and then clears. Every
 * other key, Home and End among them, belongs to the text.
 */
export function keyAction(key: string, list: ListState): KeyAction | undefined {
  switch (key) {
    case 'ArrowDown':
      if (!list.open) return { type: 'open' };
      if (list.active + 1 < list.count) return { type: 'activate', index: list.active + 1 };
      if (list.more) return { type: 'more' };
      return { type: 'activate', index: -1 };
    case 'ArrowUp':
      if (!list.open) return { type: 'open' };
      return { type: 'activate', index: list.active < 0 ? list.count - 1 : list.active - 1 };
    case 'Enter':
      if (list.open && list.active >= 0) return { type: 'select', index: list.active };
      return { type: 'submit' };
    case 'Escape':
      return { type: list.open ? 'close' : 'clear' };
    default:
      return undefined;
  }
}
