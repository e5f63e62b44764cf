import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { EngineInfo, Hit, SearchResult } from '../engine/types.ts';
import { summary } from './answer-text.ts';
import { correctionsView } from './corrections-view.ts';
import { filterControls, sortControl } from './filters-view.ts';
import { recentIcon, searchIcon } from './icons.ts';
import type { Messages } from './messages.ts';
import { queryList } from './query-list.ts';
import { recentControls } from './recent-view.ts';
import type { RecentSearches } from './recent-searches.ts';
import { isNarrowed } from './refinement.ts';
import type { Refinement } from './refinement.ts';
import { relatedView } from './related-view.ts';
import { resultList } from './result-list.ts';
import type { Choice } from './result-list.ts';
import type { SearchModel } from './search-model.ts';
import { emptyView, errorView, loadingView, nothingView } from './status-view.ts';

/** What the panel shows, and where it reports to. */
export interface PanelProps {
  readonly model: SearchModel;
  /** Suggestions or, under an empty input, recent searches. */
  readonly queries: readonly string[];
  /** Searches to go on with. */
  readonly related: readonly string[];
  readonly active: number;
  readonly info: EngineInfo | undefined;
  /** How much of the engine is there, between 0 and 1; nothing once all is. */
  readonly opening: number | undefined;
  readonly messages: Messages;
  readonly language: string;
  readonly refinement: Refinement;
  readonly filters: readonly string[];
  /** Nothing where none are kept. */
  readonly recent: RecentSearches | undefined;
  /** Where all results are, if on another page. */
  readonly allResults: string | undefined;
  readonly address: (choice: Choice, hit: Hit) => string | undefined;
  readonly onSelect: (hit: Hit, choice: Choice, event: Event) => void;
  readonly onMore: () => void;
  readonly onRetry: () => void;
  /** Another query was picked instead of the one typed. */
  readonly onQuery: (query: string) => void;
  /** The query shown is to be searched as it was typed. */
  readonly onAsTyped: () => void;
  readonly onRefine: (refinement: Refinement) => void;
  /** What is kept of recent searches has changed. */
  readonly onRecent: () => void;
}

/** What stands beneath the field: one view for each state of the search. */
export function panelView(props: PanelProps): TemplateResult {
  const { model, messages } = props;
  if (model.status === 'idle') return idleView(props);
  if (model.status === 'failed') return errorView(messages, model.error, props.onRetry);
  if (!model.result) return loadingView(messages, props.opening);
  return resultsView(model.result, props);
}

function idleView(props: PanelProps): TemplateResult {
  const { messages, recent, info } = props;
  return html`${queryList({ ...props, label: messages.recent, icon: recentIcon })}
  ${recent ? recentControls(messages, recent, props.onRecent) : nothing} ${emptyView(messages, info)}`;
}

function resultsView(result: SearchResult, props: PanelProps): TemplateResult {
  const { model, messages, queries, refinement, allResults } = props;
  const found = model.hits.length > 0;
  const narrowed = isNarrowed(refinement);
  const controls = { ...props, facets: model.facets };
  const part = result.relaxed ? 'summary relaxed' : 'summary';
  return html`${queryList({ ...props, label: messages.suggestions, icon: searchIcon })}
    ${found
      ? html`<div class="head">
          <p class="summary" part=${part}>${summary(messages, result)}</p>
          ${result.total > 1 ? sortControl(controls) : nothing}
        </div>`
      : nothing}
    ${narrowed || result.total > 1 ? filterControls(controls) : nothing}
    ${correctionsView({ ...props, corrections: result.corrections, typed: model.shownQuery })}
    ${found ? resultList({ ...props, hits: model.hits, before: queries.length }) : nothingView(messages, model.shownQuery, narrowed)}
    ${model.hasMore
      ? html`<button type="button" class="button more" part="more" @click=${props.onMore}>${messages.more}</button>`
      : nothing}
    ${allResults && found ? html`<a class="button more" part="all-results" href=${allResults}>${messages.allResults}</a>` : nothing}
    ${relatedView(messages, props.related, props.onQuery)}`;
}
