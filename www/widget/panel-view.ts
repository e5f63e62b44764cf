import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { EngineInfo, Hit } from '../engine/types.ts';
import { summary } from './answer-text.ts';
import { correctionsView } from './corrections-view.ts';
import type { Messages } from './messages.ts';
import { relatedView } from './related-view.ts';
import { resultList } from './result-list.ts';
import type { Choice } from './result-list.ts';
import type { SearchModel } from './search-model.ts';
import { emptyView, errorView, loadingView, nothingView } from './status-view.ts';

/** What the panel shows, and where it reports to. */
export interface PanelProps {
  readonly model: SearchModel;
  /** Searches to go on with. */
  readonly related: readonly string[];
  readonly active: number;
  readonly info: EngineInfo | undefined;
  /** How much of the engine is there, between 0 and 1; nothing once all is. */
  readonly opening: number | undefined;
  readonly messages: Messages;
  readonly language: string;
  readonly address: (choice: Choice) => string | undefined;
  readonly onSelect: (hit: Hit, choice: Choice, event: Event) => void;
  readonly onMore: () => void;
  readonly onRetry: () => void;
  /** Another query was picked instead of the one typed. */
  readonly onQuery: (query: string) => void;
  /** The query shown is to be searched as it was typed. */
  readonly onAsTyped: () => void;
}

/** What stands beneath the field: one view for each state of the search. */
export function panelView(props: PanelProps): TemplateResult {
  const { model, messages } = props;
  if (model.status === 'idle') return emptyView(messages, props.info);
  if (model.status === 'failed') return errorView(messages, model.error, props.onRetry);
  const { result } = model;
  if (!result) return loadingView(messages, props.opening);
  const corrections = correctionsView({ ...props, corrections: result.corrections, typed: model.shownQuery });
  if (model.hits.length === 0) return html`${corrections}${nothingView(messages, model.shownQuery)}`;
  const part = result.relaxed ? 'summary relaxed' : 'summary';
  return html`<p class="summary" part=${part}>${summary(messages, result)}</p>
    ${corrections} ${resultList({ ...props, hits: model.hits })}
    ${model.hasMore
      ? html`<button type="button" class="button more" part="more" @click=${props.onMore}>${messages.more}</button>`
      : nothing}
    ${relatedView(messages, props.related, props.onQuery)}`;
}
