import { css } from './element.ts';

/** The controls that narrow and order the results. */
export const filterStyles = css`
  .filters:first-child {
    padding-block-start: 0.625rem;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.5rem;
    padding: 0 1rem 0.625rem;
    font-size: 0.875rem;
  }
  .pick {
    position: relative;
    flex: none;
    display: inline-block;
    max-inline-size: 100%;
  }
  /* The arrow of the list, drawn: an image would need the page's policy to allow it. */
  .pick::after {
    content: '';
    position: absolute;
    inset-block-start: 50%;
    inset-inline-end: 0.875rem;
    inline-size: 0.4rem;
    block-size: 0.4rem;
    margin-block-start: -0.3rem;
    border: solid var(--_muted);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(45deg);
    pointer-events: none;
  }
  select,
  button.pick,
  .day input {
    min-block-size: 44px;
    max-inline-size: min(12rem, 100%);
    padding: 0 1.875rem 0 0.75rem;
    border: 1px solid var(--_line);
    border-radius: 22px;
    background: var(--_field);
    color: inherit;
    font: inherit;
    font-size: 0.875rem;
    text-align: start;
    text-overflow: ellipsis;
    appearance: none;
    cursor: pointer;
  }
  .pick[data-chosen],
  .pick[data-chosen] select {
    border-color: var(--_accent);
    color: var(--_accent);
  }
  .head select {
    border-color: transparent;
    background: none;
    color: var(--_muted);
  }
  option {
    background: var(--_field);
    color: var(--_text);
  }
  /* Below all that opens it, whichever of them does. */
  .range {
    order: 1;
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.5rem;
    inline-size: 100%;
  }
  .values {
    gap: 0 1.25rem;
    max-block-size: 12rem;
    overflow-y: auto;
  }
  [aria-expanded='false'] + .values {
    display: none;
  }
  .value {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 44px;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .value input {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .day {
    display: inline-flex;
    flex-wrap: wrap;
    max-inline-size: 100%;
    align-items: center;
    gap: 0.375rem;
    color: var(--_muted);
  }
  .day input {
    inline-size: 9rem;
    block-size: 44px;
    padding-inline: 0.5rem;
    border-radius: var(--_radius);
    color: var(--_text);
  }
`;
