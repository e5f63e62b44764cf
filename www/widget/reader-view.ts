import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Article } from '../engine/types.ts';
import { errorText, failureTitle } from './answer-text.ts';
import { backIcon } from './icons.ts';
import { markedText } from './marked-text.ts';
import type { MarkedView } from './marked-text.ts';
import { findMarks } from './marks.ts';
import type { Messages } from './messages.ts';
import { metaItems } from './meta-view.ts';
import { matchBar, toolbar } from './reader-tools.ts';
import type { ReaderTools } from './reader-tools.ts';
import { blocks } from './table.ts';
import { tableView } from './table-view.ts';

/** What is being read. */
export interface Reading {
  readonly id: string;
  /** What to mark in the article. */
  readonly needles: readonly string[];
  /** Whether it was opened from the results, to which one goes back. */
  readonly fromResults: boolean;
  readonly article?: Article;
  readonly error?: unknown;
}

/** What the dialog shows, and where it reports to. */
export interface ReaderProps extends ReaderTools {
  /** Nothing while the dialog is closed. */
  readonly reading: Reading | undefined;
  readonly close: () => void;
  readonly retry: () => void;
  /** The dialog has closed, however that came about. */
  readonly closed: () => void;
  readonly clicked: (event: Event) => void;
}

export const HEADLINE_ID = 'headline';

/** The dialog in which an article is read. */
export function readerDialog(props: ReaderProps, messages: Messages, language: string): TemplateResult {
  const { reading, closed, clicked } = props;
  return html`<dialog part="reader" class="reader" aria-labelledby=${HEADLINE_ID} @close=${closed} @click=${clicked}>
    ${reading ? readerView(reading, props, messages, language) : nothing}
  </dialog>`;
}

function readerView(reading: Reading, props: ReaderProps, messages: Messages, language: string): TemplateResult {
  const { close, retry, said, textSize } = props;
  return html`<div class="reader-bar" part="reader-bar">
      <button type="button" class="button" part="reader-close" @click=${close}>
        ${backIcon}${reading.fromResults ? messages.back : messages.close}
      </button>
      ${reading.article ? toolbar(props, messages) : nothing}
    </div>
    <p class="said" part="said" role="status">${said}</p>
    <div class="reader-scroll size-${textSize.step}">${inside(reading, messages, language, retry)}</div>
    ${reading.article ? matchBar(props, messages) : nothing}`;
}

function inside(reading: Reading, messages: Messages, language: string, onRetry: () => void): TemplateResult {
  if (reading.article) return articleView(reading.article, reading.needles, messages, language);
  const failed = reading.error !== undefined;
  return html`<div class="status">
    <p id=${HEADLINE_ID} class="status-title" tabindex="-1">${failed ? failureTitle(messages, reading.error) : messages.opening}</p>
    ${failed
      ? html`<p>${errorText(messages, reading.error)}</p>
          <button type="button" class="button" part="retry" @click=${onRetry}>${messages.retry}</button>`
      : nothing}
  </div>`;
}

function articleView(article: Article, needles: readonly string[], messages: Messages, language: string): TemplateResult {
  const marked = (text: string): MarkedView => markedText({ text, marks: findMarks(text, needles) }, messages.marked);
  const { captions, tags } = article;
  const meta = metaItems({ ...article, dateInferred: article.date_inferred, kind: '' }, messages, language, marked);
  const label = article.kind === 'photo' ? nothing : html`<span class="label">${messages.caption}</span>`;
  return html`<article part="article" class="article">
    <header>
      ${article.kicker ? html`<p class="article-kicker" part="article-kicker">${marked(article.kicker)}</p>` : nothing}
      <h2 id=${HEADLINE_ID} part="article-title" tabindex="-1">
        ${article.title ? marked(article.title) : messages.untitled[article.kind]}
      </h2>
      ${article.subtitle ? html`<p class="article-subtitle" part="article-subtitle">${marked(article.subtitle)}</p>` : nothing}
      ${meta.length > 0 ? html`<p class="meta" part="article-meta">${meta}</p>` : nothing}
    </header>
    ${blocks(article.paragraphs).map((block) =>
      typeof block === 'string' ? html`<p part="paragraph">${marked(block)}</p>` : tableView(block, marked, messages),
    )}
    ${captions.length > 0
      ? html`<aside part="captions" class="captions" aria-label=${messages.photos}>
          ${captions.map((caption) => html`<p>${label}${marked(caption)}</p>`)}
        </aside>`
      : nothing}
    ${tags.length > 0 ? html`<footer part="tags" class="tags">${marked(messages.tags(tags))}</footer>` : nothing}
  </article>`;
}
