import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Hit } from '../engine/types.ts';
import { markedText } from './marked-text.ts';
import type { Messages } from './messages.ts';
import { metaItems } from './meta-view.ts';

/** What the list needs to know, and where it reports to. */
export interface ResultListProps {
  readonly hits: readonly Hit[];
  readonly active: number;
  readonly messages: Messages;
  readonly language: string;
  /** Where a hit leads, for those that lead somewhere: a checked address. */
  readonly address: (hit: Hit) => string | undefined;
  readonly onSelect: (hit: Hit, event: Event) => void;
}

export const LIST_ID = 'results';

export function optionId(index: number): string {
  return `result-${index}`;
}

/** The listbox. Options are never focused: the input is, and names the active one. */
export function resultList(props: ResultListProps): TemplateResult {
  const { hits, messages } = props;
  return html`<div
    id=${LIST_ID}
    part="results"
    class="results"
    role="listbox"
    aria-label=${messages.results}
    @mousedown=${keepFocus}
  >
    ${repeat(hits, (hit) => hit.id, (hit, index) => option(hit, index, props))}
  </div>`;
}

function option(hit: Hit, index: number, props: ResultListProps): TemplateResult {
  const url = props.address(hit);
  const active = index === props.active;
  const select = (event: Event): void => props.onSelect(hit, event);
  const part = active ? 'result result-active' : 'result';
  return url
    ? html`<a id=${optionId(index)} class="result" part=${part} role="option" tabindex="-1"
        aria-selected=${active} href=${url} @click=${select}>${content(hit, props)}</a>`
    : html`<div id=${optionId(index)} class="result" part=${part} role="option"
        aria-selected=${active} @click=${select}>${content(hit, props)}</div>`;
}

function content(hit: Hit, { messages, language }: ResultListProps): TemplateResult {
  const { snippet, missing } = hit;
  const titled = hit.title.text !== '';
  // What stands for a missing headline says what it is, and so does a photo that its text is a caption.
  const kind = titled ? messages.kinds[hit.kind] : '';
  const label = snippet.caption && hit.kind !== 'photo';
  const meta = metaItems({ ...hit, kind }, messages, language);
  return html`${hit.kicker ? html`<span class="kicker" part="result-kicker">${hit.kicker}</span>` : nothing}
    <span class="title" part="result-title">${titled ? markedText(hit.title) : messages.untitled[hit.kind]}</span>
    ${snippet.text
      ? html`<span class="snippet" part="result-snippet"
          >${label ? html`<span class="label">${messages.caption}</span>` : nothing}${markedText(snippet)}</span
        >`
      : nothing}
    ${missing.length > 0 ? html`<span class="missing" part="result-missing">${messages.missing(missing)}</span>` : nothing}
    ${meta.length > 0 ? html`<span class="meta" part="result-meta">${meta}</span>` : nothing}`;
}

/** A press on an option must not take the focus from the input. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
