import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { MarkedText } from '../engine/types.ts';
import { segments } from './marks.ts';

/** What a template takes for a text with marks. */
export type MarkedView = (TemplateResult | string)[];

/** A text with its marks as `<mark>` elements. Everything is a text node: data never becomes markup. */
export function markedText(text: MarkedText): MarkedView {
  return segments(text).map((segment) =>
    segment.marked ? html`<mark part="mark">${segment.text}</mark>` : segment.text,
  );
}
