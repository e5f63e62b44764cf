import { css } from './element.ts';

/**
 * Every colour, font and size that a page may want to change is a `--souwen-*` property with a
 * default. The defaults follow the page's `color-scheme`, or the `theme` attribute.
 */
export const themeStyles = css`
  :host {
    --_surface: var(--souwen-surface, #fff);
    --_field: var(--souwen-field, #fff);
    --_text: var(--souwen-text, #1d1b19);
    --_muted: var(--souwen-muted, #67615a);
    --_line: var(--souwen-line, #d9d4cc);
    --_accent: var(--souwen-accent, #9c2a1f);
    --_active: var(--souwen-active, #f6f1e9);
    --_ok: var(--souwen-ok, #2f7d4f);
    --_mark: var(--souwen-mark, #ffe6a1);
    --_mark-text: var(--souwen-mark-text, #1d1b19);
    --_shadow: var(--souwen-shadow, 0 12px 32px rgb(29 27 25 / 18%));
    --_radius: var(--souwen-radius, 8px);
    /* A Chinese font comes first: quotation marks are as wide as characters there, and only there. */
    --_font: var(--souwen-font, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif);
    --_reading-font: var(--souwen-reading-font, var(--_font));
  }
  @supports (color: light-dark(#000, #fff)) {
    :host {
      --_surface: var(--souwen-surface, light-dark(#fff, #201e1b));
      --_field: var(--souwen-field, light-dark(#fff, #2a2724));
      --_text: var(--souwen-text, light-dark(#1d1b19, #ece7df));
      --_muted: var(--souwen-muted, light-dark(#67615a, #aaa298));
      --_line: var(--souwen-line, light-dark(#d9d4cc, #46413b));
      --_accent: var(--souwen-accent, light-dark(#9c2a1f, #f08c7d));
      --_active: var(--souwen-active, light-dark(#f6f1e9, #322e29));
      --_ok: var(--souwen-ok, light-dark(#2f7d4f, #6cc492));
      --_mark: var(--souwen-mark, light-dark(#ffe6a1, #6a5210));
      --_mark-text: var(--souwen-mark-text, light-dark(#1d1b19, #fff6dd));
    }
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
`;
