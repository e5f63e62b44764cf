import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { EngineInfo, Hit, SearchResult } from '../engine/types.ts';
import type { Messages } from './messages.ts';
import { resultList } from './result-list.ts';
import type { SearchModel } from './search-model.ts';
import { correctionsView, emptyView, errorView, loadingView, nothingView } from './status-view.ts';

/** What the panel shows, and where it reports to. */
export interface PanelProps {
  readonly model: SearchModel;
  readonly active: number;
  readonly info: EngineInfo | undefined;
  readonly messages: Messages;
  readonly language: string;
  readonly address: (hit: Hit) => string | undefined;
  readonly onSelect: (hit: Hit, event: Event) => void;
  readonly onMore: () => void;
  readonly onRetry: () => void;
  /** Another query was picked instead of the one typed. */
  readonly onQuery: (query: string) => void;
}

/** What stands beneath the field: one view for each state of the search. */
export function panelView(props: PanelProps): TemplateResult {
  const { model, messages } = props;
  if (model.status === 'idle') return emptyView(messages, props.info);
  if (model.status === 'failed') return errorView(messages, model.error, props.onRetry);
  const { result } = model;
  if (!result) return loadingView(messages);
  const corrections = correctionsView(messages, result.corrections, props.onQuery);
  if (model.hits.length === 0) return html`${corrections}${nothingView(messages, model.shownQuery)}`;
  const part = result.relaxed ? 'summary relaxed' : 'summary';
  return html`<p class="summary" part=${part}>${summary(messages, result)}</p>
    ${corrections} ${resultList({ ...props, hits: model.hits })}
    ${model.hasMore
      ? html`<button type="button" class="button more" part="more" @click=${props.onMore}>${messages.more}</button>`
      : nothing}`;
}

/** How many articles were found, and how many of them have only some of the words. */
export function summary(messages: Messages, { total, totalIsExact, relaxed }: SearchResult): string {
  return relaxed ? messages.relaxed(relaxed.complete, total - relaxed.complete) : messages.count(total, totalIsExact);
}
