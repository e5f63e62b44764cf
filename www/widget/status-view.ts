import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { EngineInfo } from '../engine/types.ts';
import { errorText } from './answer-text.ts';
import type { Messages } from './messages.ts';

/** Under an empty input: what can be done here. */
export function emptyView(messages: Messages, info: EngineInfo | undefined): TemplateResult {
  return html`<div class="status" part="status">
    <p class="status-title">${messages.hint}</p>
    <p>${messages.hintSyntax}</p>
    ${info ? html`<p>${messages.holds(info.articles)}</p>` : nothing}
  </div>`;
}

/**
 * While nothing is there to show yet; `opening` is how much of the engine is there, between 0 and 1, unless all is. The style sheet shows it only after a moment, against flicker.
 */
export function loadingView(messages: Messages, opening: number | undefined): TemplateResult {
  const line = html`<div class="skeleton"><i></i><i></i><i></i></div>`;
  const text =
    opening === undefined
      ? html`<p class="visually-hidden">${messages.loading}</p>`
      : html`<label class="opening" part="opening">${messages.preparing} <progress .value=${opening}></progress></label>`;
  return html`<div class="loading" part="loading">${text}${line}${line}${line}</div>`;
}

/** Nothing found, and what to try. */
export function nothingView(messages: Messages, query: string): TemplateResult {
  return html`<div class="status" part="status">
    <p class="status-title">${messages.nothing(query)}</p>
    <ul>
      ${messages.nothingAdvice.map((advice) => html`<li>${advice}</li>`)}
    </ul>
  </div>`;
}

/** What went wrong, what to do, and a way to try again. */
export function errorView(messages: Messages, error: unknown, onRetry: () => void): TemplateResult {
  return html`<div class="status" part="error">
    <p class="status-title">${messages.failed}</p>
    <p>${errorText(messages, error)}</p>
    <button type="button" class="button" part="retry" @click=${onRetry}>${messages.retry}</button>
  </div>`;
}
