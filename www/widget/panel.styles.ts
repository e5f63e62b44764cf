import { css } from './element.ts';

/** The list of results beneath the input, and what stands there when there are none. */
export const panelStyles = css`
  .panel {
    position: absolute;
    z-index: var(--souwen-z-index, 1000);
    inset-block-start: calc(100% + 6px);
    inset-inline-end: 0;
    inline-size: var(--souwen-panel-width, 100%);
    max-inline-size: calc(100vw - 1.5rem);
    max-block-size: var(--souwen-panel-height, min(38rem, 72vh));
    overflow-y: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem;
    min-block-size: 44px;
    padding-inline-end: 0.5rem;
  }
  .summary {
    padding: 0.5rem 0 0.5rem 1rem;
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .queries {
    padding-block: 0.25rem;
    border-block-end: 1px solid var(--_line);
  }
  .query {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    padding-block: 0.25rem;
  }
  .query .icon {
    inline-size: 1.125rem;
    color: var(--_muted);
  }
  .recent {
    display: flex;
    justify-content: flex-end;
    padding-inline: 0.5rem;
    font-size: 0.875rem;
  }
  .notice {
    margin: 0 1rem 0.5rem;
    padding-inline: 0.75rem;
    border-inline-start: 3px solid var(--_accent);
    background: var(--_active);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  .option {
    min-block-size: 44px;
    padding: 0.75rem 1rem;
    color: inherit;
    text-decoration: none;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .result {
    display: block;
    border-block-start: 1px solid var(--_line);
  }
  /* What no screen shows at first is laid out when it is scrolled to. */
  .result:nth-child(n + 7) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 9rem;
  }
  .option:hover,
  .option[aria-selected='true'] {
    background: var(--_active);
  }
  .option[aria-selected='true'] {
    box-shadow: inset 3px 0 0 var(--_accent);
  }
  .result > span {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    line-clamp: 4;
  }
  .kicker {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .title {
    font-size: 1.0625rem;
    font-weight: 600;
    line-height: 1.45;
    text-wrap: pretty;
  }
  .result > :is(.snippet, .missing) {
    margin-block-start: 0.25rem;
    -webkit-line-clamp: 3;
    line-clamp: 3;
    font-size: 0.9375rem;
    line-height: 1.6;
  }
  /* A pasted sentence may lack a great many words. */
  .result > .missing {
    -webkit-line-clamp: 2;
    line-clamp: 2;
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .label {
    margin-inline-end: 0.375rem;
    padding: 0 0.3em;
    border: 1px solid currentcolor;
    border-radius: 3px;
    color: var(--_muted);
    font-size: 0.8em;
  }
  .result > .meta,
  .meta {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.875rem;
    margin-block-start: 0.375rem;
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .result > .meta > * {
    max-inline-size: 100%;
    max-block-size: 3em;
    overflow: hidden;
  }
  .similar-title {
    max-block-size: 3em;
    overflow: hidden;
  }
  .similar {
    padding-block-end: 0.5rem;
  }
  .similar-label {
    padding: 0 1rem 0.25rem;
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .similar-article {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding-block: 0.25rem;
    margin-inline-start: 1rem;
    border-inline-start: 2px solid var(--_line);
    font-size: 0.9375rem;
  }
  .similar-article time {
    flex: none;
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .more {
    display: flex;
    margin: 0.75rem 1rem;
    inline-size: calc(100% - 2rem);
    text-decoration: none;
  }
  .related {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    padding: 0.75rem 1rem 1rem;
    border-block-start: 1px solid var(--_line);
  }
  .related-label {
    flex-basis: 100%;
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .chip {
    display: inline-block;
    max-inline-size: 100%;
    overflow: hidden;
    border-radius: 22px;
    font-size: 0.9375rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .status {
    padding: 1rem;
    color: var(--_muted);
    font-size: 0.9375rem;
    overflow-wrap: anywhere;
  }
  .status-title {
    margin-block-end: 0.25rem;
    color: var(--_text);
    font-weight: 600;
    outline: 0;
  }
  .status ul {
    padding-inline-start: 1.25rem;
  }
  .pictured {
    display: flex;
    gap: 0.875rem;
    padding-block: 1.5rem;
  }
  .pictured > div {
    flex: 1;
    min-inline-size: 0;
  }
  .pictured > .icon {
    inline-size: 2rem;
    block-size: 2rem;
    stroke-width: 1.25;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-block: 0.75rem;
  }
  .status .button {
    color: var(--_text);
  }
  .loading {
    animation: appear 0s 200ms both;
  }
  .opening {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.875rem 1rem 0;
    color: var(--_muted);
  }
  .opening progress {
    flex: 1;
    block-size: 0.25rem;
    accent-color: var(--_accent);
  }
  .skeleton {
    padding: 0.875rem 1rem;
  }
  .skeleton i {
    display: block;
    block-size: 0.875rem;
    margin-block: 0.375rem;
    border-radius: 3px;
    background: var(--_line);
    opacity: 0.6;
  }
  .skeleton i:first-child {
    inline-size: 60%;
    block-size: 1.125rem;
  }
  .skeleton i:last-child {
    inline-size: 40%;
  }
  .offline {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.75rem;
    padding: 0.25rem 1rem;
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .offline > p {
    flex: 1 0 auto;
    max-inline-size: 100%;
  }
  /* Their texts stand where the other texts do. */
  .offline .link {
    margin-inline: -0.5rem;
  }
  .badge::before {
    content: '';
    display: inline-block;
    inline-size: 0.6em;
    block-size: 0.6em;
    margin-inline-end: 0.5em;
    border: 2px solid var(--_ok);
    border-radius: 50%;
  }
  [data-state='all'] .badge::before {
    background: var(--_ok);
  }
  .saving {
    flex: 1 0 100%;
    padding-block-start: 0.5rem;
  }
  .saving progress {
    display: block;
    inline-size: 100%;
    accent-color: var(--_accent);
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
`;
