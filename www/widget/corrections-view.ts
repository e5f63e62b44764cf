import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Correction } from '../engine/types.ts';
import type { Messages } from './messages.ts';

/** What the lines need to know, and where they report to. */
export interface CorrectionsProps {
  readonly messages: Messages;
  readonly corrections: readonly Correction[];
  /** The query that they correct. */
  readonly typed: string;
  /** Another query was picked instead of the one typed. */
  readonly onQuery: (query: string) => void;
  /** The query is to be searched as it was typed. */
  readonly onAsTyped: () => void;
}

/** What was searched instead of what was typed, with a way back, and what else may have been meant. */
export function correctionsView(props: CorrectionsProps): TemplateResult {
  const { corrections } = props;
  const applied = corrections.find((correction) => correction.applied);
  const offered = corrections.filter((correction) => !correction.applied);
  return html`${applied ? appliedLine(applied, props) : nothing}${offered.length > 0 ? offeredLine(offered, props) : nothing}`;
}

function appliedLine({ query }: Correction, { messages, typed, onAsTyped }: CorrectionsProps): TemplateResult {
  const button = html`<button type="button" class="link" part="as-typed" @click=${onAsTyped}>${messages.asTyped(typed)}</button>`;
  return html`<p class="notice" part="corrected">${messages.corrected(query)}${button}</p>`;
}

function offeredLine(offered: readonly Correction[], { messages, onQuery }: CorrectionsProps): TemplateResult {
  return html`<p class="notice" part="corrections">
    ${messages.didYouMean}
    ${offered.map(
      ({ query }) =>
        html`<button type="button" class="link" part="correction" @click=${() => onQuery(query)}>${query}</button> `,
    )}
  </p>`;
}
