import { svg } from 'lit-html';
import type { SVGTemplateResult } from 'lit-html';

const icon = (path: string): SVGTemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${path} /></svg>`;

export const searchIcon = icon('M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20 20');
export const clearIcon = icon('M7 7l10 10M17 7 7 17');
export const backIcon = icon('M14.5 5.5 8 12l6.5 6.5');
export const recentIcon = icon('M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4.5 8.7M4.5 4.5v4.2h4.2M12 8v4.3l2.8 1.7');
export const nothingIcon = icon('M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20 20M8.2 8.2l4.6 4.6M12.8 8.2l-4.6 4.6');
export const offlineIcon = icon('M4 4l16 16M7.5 18.5h9.6M5.8 10.4A4.2 4.2 0 0 0 7.5 18.5M9.2 6.7a5.3 5.3 0 0 1 8 4.2 3.9 3.9 0 0 1 2.6 5.9');
export const warningIcon = icon('M12 4.5 3.5 19.5h17ZM12 10v4.5M12 16.9v.2');
export const upIcon = icon('M5.5 14.5 12 8l6.5 6.5');
export const downIcon = icon('M5.5 9.5 12 16l6.5-6.5');
export const printIcon = icon('M7.5 8.5v-5h9v5M7.5 16.5h-3v-8h15v8h-3M7.5 13.5h9v7h-9Z');
export const shareIcon = icon('M12 14.5v-11M8 7.2l4-3.9 4 3.9M6.5 11.5h-2v9h15v-9h-2');
