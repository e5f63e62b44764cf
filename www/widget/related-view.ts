import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Messages } from './messages.ts';

/** Searches to go on with, below the results. */
export function relatedView(
  messages: Messages,
  queries: readonly string[],
  onQuery: (query: string) => void,
): TemplateResult | typeof nothing {
  if (queries.length === 0) return nothing;
  return html`<div class="related" part="related" role="group" aria-labelledby="related">
    <p id="related" class="related-label" part="related-label">${messages.related}</p>
    ${queries.map(
      (query) =>
        html`<button type="button" class="button chip" part="related-query" @click=${() => onQuery(query)}>${query}</button>`,
    )}
  </div>`;
}
