import { html, nothing } from 'lit-html';
import type { SVGTemplateResult, TemplateResult } from 'lit-html';
import type { EngineInfo } from '../engine/types.ts';
import { errorText, failureTitle } from './answer-text.ts';
import { nothingIcon, offlineIcon, warningIcon } from './icons.ts';
import type { Messages } from './messages.ts';

/** Under an empty input: what can be done here. */
export function emptyView(messages: Messages, info: EngineInfo | undefined): TemplateResult {
  return html`<slot name="empty"
    ><div class="status" part="status">
      <p class="status-title">${messages.hint}</p>
      <p>${messages.hintSyntax}</p>
      ${info ? html`<p>${messages.holds(info.articles)}</p>` : nothing}
    </div></slot
  >`;
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

/** Nothing found, and what to try; or nothing that the filters leave. */
export function nothingView(messages: Messages, query: string, narrowed: boolean): TemplateResult {
  return html`<div class="status pictured" part="status">
    ${nothingIcon}
    <div>
      <p class="status-title">${narrowed ? messages.nothingLeft : messages.nothing(query)}</p>
      ${narrowed
        ? nothing
        : html`<slot name="nothing"
            ><ul>
              ${messages.nothingAdvice.map((advice) => html`<li>${advice}</li>`)}
            </ul></slot
          >`}
    </div>
  </div>`;
}

/** After these a page that is loaded anew is all that helps, or what helps most. */
const RELOAD: ReadonlySet<unknown> = new Set(['unsupported-version', 'bundle-damaged', 'not-found', 'closed']);

/** What went wrong, what to do, a way to try again, and what the page has for readers without the search. */
export function errorView(messages: Messages, error: unknown, onRetry: () => void): TemplateResult {
  const code = (error as { code?: unknown } | undefined)?.code;
  const icon: SVGTemplateResult = code === 'network' ? offlineIcon : warningIcon;
  return html`<div class="status pictured" part="error">
    ${icon}
    <div>
      <p class="status-title">${failureTitle(messages, error)}</p>
      <p>${errorText(messages, error)}</p>
      <p class="actions">
        ${code === 'unsupported-browser'
          ? nothing
          : html`<button type="button" class="button" part="retry" @click=${onRetry}>${messages.retry}</button>`}
        ${RELOAD.has(code)
          ? html`<button type="button" class="button" part="reload" @click=${() => location.reload()}>${messages.reload}</button>`
          : nothing}
      </p>
      <slot></slot>
    </div>
  </div>`;
}
