import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { MarkedText } from '../engine/types.ts';
import { segments } from './marks.ts';

/** What a template takes for a text with marks. */
export type MarkedView = (TemplateResult | string)[];

/**
 * A text with its marks as `<mark>` elements. Everything is a text node: data never becomes markup.
 * `spoken` is what the style sheet has read out before each.
 */
export function markedText(text: MarkedText, spoken?: string): MarkedView {
  return segments(text).map((segment) =>
    segment.marked ? html`<mark part="mark" data-spoken=${spoken ?? nothing}>${segment.text}</mark>` : segment.text,
  );
}
