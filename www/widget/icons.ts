import { svg } from 'lit';
import type { SVGTemplateResult } from 'lit';

const icon = (path: string): SVGTemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${path} /></svg>`;

export const searchIcon = icon('M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20 20');
export const clearIcon = icon('M7 7l10 10M17 7 7 17');
export const backIcon = icon('M14.5 5.5 8 12l6.5 6.5');
