import { html, nothing } from 'lit-html';
import type { SVGTemplateResult, TemplateResult } from 'lit-html';
import { downIcon, printIcon, shareIcon, upIcon } from './icons.ts';
import type { MarkWalker } from './mark-walker.ts';
import type { Messages } from './messages.ts';
import { LARGEST, SMALLEST } from './text-size.ts';
import type { TextSize } from './text-size.ts';

/** What the reader's buttons work with. */
export interface ReaderTools {
  readonly marks: MarkWalker;
  readonly textSize: TextSize;
  /** What has just been done, in words. */
  readonly said: string;
  readonly step: (by: 1 | -1) => void;
  readonly resize: (by: 1 | -1) => void;
  readonly print: () => void;
  readonly share: () => void;
}

/** The buttons above an article. */
export function toolbar(tools: ReaderTools, messages: Messages): TemplateResult {
  const { textSize, resize, share, print } = tools;
  return html`<div class="tools" part="tools" role="group" aria-label=${messages.tools}>
    ${tool(messages.smaller, 'smaller', () => resize(-1), html`<b class="small">A</b>`, textSize.step === SMALLEST)}
    ${tool(messages.larger, 'larger', () => resize(1), html`<b>A</b>`, textSize.step === LARGEST)}
    ${tool(messages.share, 'share', share, shareIcon)} ${tool(messages.print, 'print', print, printIcon)}
  </div>`;
}

/** The bar beneath an article with marks: from one to the next. */
export function matchBar({ marks, step }: ReaderTools, messages: Messages): TemplateResult | typeof nothing {
  const { all, position } = marks;
  if (all === 0) return nothing;
  return html`<div class="matches" part="matches">
    ${tool(messages.previousMatch, 'previous-match', () => step(-1), upIcon)}
    <span role="status">${messages.matchOf(position, all)}</span>
    ${tool(messages.nextMatch, 'next-match', () => step(1), downIcon)}
  </div>`;
}

function tool(
  label: string,
  part: string,
  act: () => void,
  inside: TemplateResult | SVGTemplateResult,
  disabled = false,
): TemplateResult {
  return html`<button type="button" class="tool" part=${part} aria-label=${label} title=${label} aria-disabled=${disabled} @click=${act}>
    ${inside}
  </button>`;
}
