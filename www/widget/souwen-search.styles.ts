import { css } from './element.ts';
import { filterStyles } from './filters.styles.ts';
import { modeStyles } from './modes.styles.ts';
import { panelStyles } from './panel.styles.ts';
import { readerStyles } from './reader-view.styles.ts';
import { themeStyles } from './theme.styles.ts';

const base = css`
  :host {
    display: block;
    position: relative;
    text-align: start;
    color: var(--_text);
    font: 400 1rem/1.5 var(--_font);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  ul {
    margin: 0;
  }
  .icon {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  mark {
    padding: 0 0.05em;
    border-radius: 2px;
    background: var(--_mark);
    color: var(--_mark-text);
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.25rem;
    min-block-size: 44px;
    padding-inline: 1rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: transparent;
  }
  .button:hover {
    background: var(--_active);
  }
  .link {
    min-block-size: 44px;
    padding-inline: 0.5rem;
    border: 0;
    background: none;
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  :is(button, a, select, .day input, .value input):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`;

const field = css`
  .field {
    display: flex;
    align-items: center;
    min-block-size: 44px;
    padding-inline-start: 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_field);
  }
  .field > .icon {
    color: var(--_muted);
  }
  .field:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  .field input {
    flex: 1;
    min-inline-size: 0;
    block-size: 42px;
    padding: 0 0.5rem;
    border: 0;
    outline: 0;
    background: transparent;
    color: inherit;
    /* At 16 px and above, iOS does not zoom the page when the input gets the focus. */
    font: 400 1rem/1.5 var(--_font);
    appearance: none;
  }
  .field input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  input::-webkit-search-cancel-button,
  input::-webkit-search-decoration {
    display: none;
  }
  .clear {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 42px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_muted);
  }
  /* Keeps its place, so that the text does not move when it comes and goes. */
  input:placeholder-shown + .clear {
    visibility: hidden;
  }
`;

const preferences = css`
  @media (prefers-reduced-motion: no-preference) {
    .modal[open] {
      animation: rise 0.16s ease-out;
    }
    .modal[open]::backdrop {
      animation: fade 0.16s ease-out;
    }
    .skeleton i {
      animation: pulse 1.6s ease-in-out infinite;
    }
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(-0.5rem);
    }
  }
  @keyframes fade {
    from {
      opacity: 0;
    }
  }
  @keyframes pulse {
    50% {
      opacity: 0.25;
    }
  }
  @media (forced-colors: active) {
    .skeleton i {
      background: GrayText;
    }
    .field:focus-within {
      outline: 2px solid Highlight;
    }
    .option[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    mark {
      background: Mark;
      color: MarkText;
    }
    .article mark.current {
      outline-color: Highlight;
    }
  }
`;

export const styles = [themeStyles, base, field, panelStyles, filterStyles, readerStyles, modeStyles, preferences];
