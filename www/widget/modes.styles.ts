import { css } from './element.ts';

/** What differs where the panel is no list beneath the box: in a dialog, and in a page of results. */
export const modeStyles = css`
  :host([mode='page']) .panel,
  .modal .panel {
    position: static;
    inline-size: auto;
    max-inline-size: none;
    max-block-size: none;
    border: 0;
    border-radius: 0;
    box-shadow: none;
  }
  :host([mode='page']) .panel {
    margin-block-start: 0.5rem;
    overflow: visible;
    background: none;
  }
  :host([mode='modal']) {
    min-block-size: 44px;
  }
  .trigger {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    inline-size: 100%;
    min-block-size: 46px;
    padding: 0 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_field);
    color: var(--_muted);
    text-align: start;
  }
  .trigger:hover {
    border-color: var(--_accent);
  }
  .trigger span {
    flex: 1;
  }
  kbd {
    padding: 0 0.4em;
    border: 1px solid var(--_line);
    border-radius: 4px;
    font: 400 0.75rem/1.6 var(--_font);
    white-space: nowrap;
  }
  @media (pointer: coarse) {
    kbd {
      display: none;
    }
  }
  .modal {
    inline-size: min(44rem, 100vw - 2rem);
    max-inline-size: none;
    block-size: min(42rem, 100vh - 6rem);
    max-block-size: none;
    margin: 4rem auto auto;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 4px);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow: hidden;
  }
  dialog:not([open]) {
    display: none;
  }
  dialog::backdrop {
    background: rgb(20 18 16 / 55%);
  }
  /* Where the browser has no dialogs of its own. */
  dialog.stand-in {
    position: fixed;
    z-index: 2147483647;
    inset-block: 0;
    inset-inline: 0;
    margin: 4rem auto auto;
    outline: 200vmax solid rgb(20 18 16 / 55%);
  }
  .modal-box {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto;
    gap: 0.5rem 0;
    block-size: 100%;
    padding-block-start: 0.75rem;
  }
  .modal-box > .field {
    margin-inline-start: 0.75rem;
  }
  .modal-box > .panel {
    grid-area: 2 / 1 / 3 / 3;
    border-block-start: 1px solid var(--_line);
  }
  .modal-close {
    grid-area: 1 / 2;
    padding-inline: 1rem;
    text-decoration: none;
  }
  @media (max-width: 40rem) {
    .modal,
    dialog.stand-in {
      position: fixed;
      inset-block: 0;
      inset-inline: 0;
      inline-size: 100vw;
      block-size: 100vh;
      block-size: 100dvh;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
  }
`;
