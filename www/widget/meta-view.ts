import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Article, Hit } from '../engine/types.ts';
import { formatDate } from './dates.ts';
import type { MarkedView } from './marked-text.ts';
import type { Messages } from './messages.ts';

/** When, where and by whom: one item for each that is known. */
export interface Meta extends Pick<Hit & Article, 'date' | 'section' | 'reporters'> {
  readonly dateInferred: boolean;
  /** The kind of article, where that has to be said. */
  readonly kind: string;
}

export function metaItems(
  { date, dateInferred, section, kind, reporters }: Meta,
  messages: Messages,
  language: string,
  marked: (text: string) => MarkedView | string = (text) => text,
): TemplateResult[] {
  const items: TemplateResult[] = [];
  if (date) {
    const written = formatDate(date, language);
    items.push(
      dateInferred
        ? html`<time datetime=${date} title=${messages.dateInferred}>${messages.about(written)}</time>`
        : html`<time datetime=${date}>${written}</time>`,
    );
  }
  for (const text of [section, kind]) if (text) items.push(html`<span>${text}</span>`);
  if (reporters.length > 0) items.push(html`<span>${marked(messages.byline(reporters))}</span>`);
  return items;
}
