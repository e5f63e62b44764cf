import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Messages } from './messages.ts';
import type { RecentSearches } from './recent-searches.ts';

/** What the reader can do about recent searches: forget them, keep none, keep them again. */
export function recentControls(
  messages: Messages,
  recent: RecentSearches,
  changed: () => void,
): TemplateResult | typeof nothing {
  const { off, queries } = recent;
  if (!off && queries.length === 0) return nothing;
  const button = (text: string, part: string, act: () => void): TemplateResult =>
    html`<button
      type="button"
      class="link"
      part=${part}
      @click=${() => {
        act();
        changed();
      }}
    >
      ${text}
    </button>`;
  return html`<p class="recent" part="recent">
    ${off
      ? button(messages.recentOn, 'recent-on', () => recent.turn(true))
      : html`${button(messages.recentClear, 'recent-clear', () => recent.clear())}
        ${button(messages.recentOff, 'recent-off', () => recent.turn(false))}`}
  </p>`;
}
