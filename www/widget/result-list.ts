import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Hit, SimilarArticle } from '../engine/types.ts';
import { formatDate } from './dates.ts';
import { markedText } from './marked-text.ts';
import type { Messages } from './messages.ts';
import { metaItems } from './meta-view.ts';

/** What an option opens: a hit, or an article that is folded under it. */
export type Choice = Hit | SimilarArticle;

/** What the list needs to know, and where it reports to. */
export interface ResultListProps {
  readonly hits: readonly Hit[];
  /** So many options stand before these. */
  readonly before: number;
  readonly active: number;
  readonly messages: Messages;
  readonly language: string;
  /** Where an option leads, for those that lead somewhere: a checked address. */
  readonly address: (choice: Choice, hit: Hit) => string | undefined;
  readonly onSelect: (hit: Hit, choice: Choice, event: Event) => void;
}

export const LIST_ID = 'results';

export function optionId(index: number): string {
  return `option-${index}`;
}

/**
 * The listbox. Options are never focused: the input is, and names the active one. What is folded
 * under a hit are options, too, in a group that follows it: an option cannot hold links of its own.
 */
export function resultList(props: ResultListProps): TemplateResult {
  const { hits, messages } = props;
  let index = props.before;
  const rows = hits.map((hit) => {
    const row = { hit, index };
    index += 1 + hit.similar.length;
    return row;
  });
  return html`<div
    id=${LIST_ID}
    part="results"
    class="results"
    role="listbox"
    aria-label=${messages.results}
    @mousedown=${keepFocus}
  >
    ${rows.map(
      (row) =>
        html`${option(row.hit, row.hit, row.index, 'result', content(row.hit, props), props)}
        ${row.hit.similar.length > 0 ? similarGroup(row.hit, row.index, props) : nothing}`,
    )}
  </div>`;
}

function option(
  hit: Hit,
  choice: Choice,
  index: number,
  name: string,
  inside: TemplateResult,
  props: ResultListProps,
): TemplateResult {
  const url = props.address(choice, hit);
  const active = index === props.active;
  const select = (event: Event): void => props.onSelect(hit, choice, event);
  const part = active ? `${name} ${name}-active` : name;
  return url
    ? html`<a id=${optionId(index)} class="option hit ${name}" part=${part} role="option" tabindex="-1"
        aria-selected=${active} href=${url} @click=${select}>${inside}</a>`
    : html`<div id=${optionId(index)} class="option hit ${name}" part=${part} role="option"
        aria-selected=${active} @click=${select}>${inside}</div>`;
}

/** The articles that are folded under the hit at `index`. */
function similarGroup(hit: Hit, index: number, props: ResultListProps): TemplateResult {
  const { messages, language } = props;
  const { similar } = hit;
  const labelId = `similar-${index}`;
  return html`<div class="similar" part="similar" role="group" aria-labelledby=${labelId}>
    <div id=${labelId} class="similar-label" part="similar-label" role="presentation">${messages.similar(similar.length)}</div>
    ${similar.map((article, nth) => {
      const { title, date } = article;
      const inside = html`<span class="similar-title">${title || messages.untitled.article}</span>
        ${date ? html`<time datetime=${date}>${formatDate(date, language)}</time>` : nothing}`;
      return option(hit, article, index + 1 + nth, 'similar-article', inside, props);
    })}
  </div>`;
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
export function keepFocus(event: Event): void {
  event.preventDefault();
}
