import { html, nothing } from 'lit-html';
import type { SVGTemplateResult, TemplateResult } from 'lit-html';
import { keepFocus, optionId } from './result-list.ts';

/** Queries to pick from: suggestions, or those searched lately. */
export interface QueryListProps {
  readonly queries: readonly string[];
  /** The list's name. */
  readonly label: string;
  readonly icon: SVGTemplateResult;
  readonly active: number;
  readonly onQuery: (query: string) => void;
}

export const QUERIES_ID = 'queries';

/** The first of the panel's listboxes; its options are numbered from 0. */
export function queryList({ queries, label, icon, active, onQuery }: QueryListProps): TemplateResult | typeof nothing {
  if (queries.length === 0) return nothing;
  return html`<div id=${QUERIES_ID} class="queries" part="queries" role="listbox" aria-label=${label} @mousedown=${keepFocus}>
    ${queries.map(
      (query, index) =>
        html`<div
          id=${optionId(index)}
          class="option query"
          part=${index === active ? 'query query-active' : 'query'}
          role="option"
          aria-selected=${index === active}
          @click=${() => onQuery(query)}
        >
          ${icon}<span>${query}</span>
        </div>`,
    )}
  </div>`;
}
