import { css } from './element.ts';

/** The dialog: a sheet in the middle of the page, all of the screen on a phone. */
export const readerStyles = css`
  .reader {
    inline-size: min(46rem, 100vw - 3rem);
    max-inline-size: none;
    block-size: fit-content;
    margin: auto;
    max-block-size: min(56rem, 100vh - 3rem);
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow: hidden;
  }
  .reader[open] {
    display: flex;
    flex-direction: column;
  }
  .reader::backdrop {
    background: rgb(20 18 16 / 55%);
  }
  .reader-bar {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    padding: 0.375rem 0.5rem;
    border-block-end: 1px solid var(--_line);
  }
  .reader-bar .button {
    padding-inline: 0.5rem 0.875rem;
    border-color: transparent;
    color: var(--_accent);
  }
  .tools,
  .matches {
    display: flex;
    align-items: center;
  }
  .tool {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
  }
  .tool:hover {
    background: var(--_active);
  }
  .tool[aria-disabled='true'] {
    color: var(--_muted);
    opacity: 0.5;
    cursor: default;
  }
  .tool b {
    font: 600 1.25rem/1 var(--_font);
  }
  .tool .small {
    font-size: 0.875rem;
  }
  .matches {
    flex: none;
    justify-content: center;
    gap: 0.5rem;
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .said:not(:empty) {
    padding: 0.5rem 1rem;
    background: var(--_active);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  .article mark.current {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  .article mark {
    position: relative;
  }
  .article mark::before {
    content: attr(data-spoken);
    position: absolute;
    inset-inline-start: 0;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .size-0 {
    --_reading-size: 0.9375rem;
  }
  .size-2 {
    --_reading-size: 1.25rem;
  }
  .size-3 {
    --_reading-size: 1.5rem;
  }
  .size-4 {
    --_reading-size: 1.875rem;
  }
  .reader-scroll {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .article {
    max-inline-size: 38rem;
    margin-inline: auto;
    padding: clamp(1.25rem, 4vw, 2.5rem) clamp(1.125rem, 4vw, 2rem) 3rem;
    font-family: var(--_reading-font);
    font-size: var(--_reading-size, 1.0625rem);
    line-height: 1.9;
    overflow-wrap: anywhere;
  }
  .article header {
    margin-block-end: 1.5rem;
    padding-block-end: 1rem;
    border-block-end: 1px solid var(--_line);
    line-height: 1.5;
  }
  .article h2 {
    margin: 0;
    font-size: clamp(1.5rem, 4vw, 2rem);
    line-height: 1.35;
    outline: 0;
    text-wrap: balance;
  }
  .article-kicker {
    margin-block-end: 0.375rem;
    color: var(--_accent);
  }
  .article-subtitle {
    margin-block-start: 0.5rem;
    color: var(--_muted);
  }
  .article .meta {
    margin-block-start: 0.875rem;
    font-family: var(--_font);
    font-size: 0.875rem;
  }
  /* Chinese paragraphs begin with two characters of space. */
  .article > p {
    margin-block: 0 0.75em;
    text-indent: 2em;
    text-align: justify;
    text-wrap: pretty;
  }
  .table {
    margin-block: 0 1.25em;
    overflow-x: auto;
    font: 400 0.9375rem/1.6 var(--_font);
  }
  table {
    min-inline-size: 100%;
    border-collapse: collapse;
  }
  :is(th, td) {
    padding: 0.375rem 0.5rem;
    border: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    /* A wide table is scrolled, not broken into single characters. */
    overflow-wrap: normal;
    word-break: keep-all;
  }
  thead th {
    background: var(--_active);
    text-align: center;
  }
  .figure {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .tags {
    margin-block-start: 1.5rem;
    color: var(--_muted);
    font: 400 0.875rem/1.6 var(--_font);
  }
  :is(p, .table) + .captions {
    margin-block-start: 1.5rem;
    padding-block-start: 1rem;
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
    font-size: 0.9375rem;
    line-height: 1.7;
  }
  @media (max-width: 40rem) {
    .reader {
      position: fixed;
      inset: 0;
      inline-size: 100vw;
      block-size: 100vh;
      block-size: 100dvh;
      max-block-size: none;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
  }
`;
