import type { Hit } from '../engine/types.ts';
import type { OfflineState } from './offline-store.ts';

/** A query has been answered. */
export interface SearchDetail {
  /** As typed. */
  readonly query: string;
  /** The query that was searched instead, where one was. */
  readonly corrected: string | null;
  readonly total: number;
  readonly tookMs: number;
}

/** A hit is about to be opened; `preventDefault()` leaves that to the page. */
export interface SelectDetail {
  /** The article: the hit's own, or one that is folded under it. */
  readonly id: string;
  readonly hit: Hit;
}

/** Something failed; the widget has told the reader. */
export interface ErrorDetail {
  readonly error: unknown;
}

/** The reader has been closed. */
export interface CloseDetail {
  readonly id: string;
}

/** What works without a network is more, or less, than before. */
export interface OfflineDetail {
  readonly state: OfflineState;
}

/** The element's own events; all bubble and leave the shadow tree. */
export interface SouwenEvents {
  'souwen-search': SearchDetail;
  'souwen-select': SelectDetail;
  'souwen-error': ErrorDetail;
  'souwen-close': CloseDetail;
  'souwen-offline': OfflineDetail;
}

/** Sends an event; false when a listener prevented what would follow. */
export function emit<N extends keyof SouwenEvents>(target: EventTarget, name: N, detail: SouwenEvents[N]): boolean {
  return target.dispatchEvent(
    new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: name === 'souwen-select' }),
  );
}

declare global {
  interface HTMLElementEventMap {
    'souwen-search': CustomEvent<SearchDetail>;
    'souwen-select': CustomEvent<SelectDetail>;
    'souwen-error': CustomEvent<ErrorDetail>;
    'souwen-close': CustomEvent<CloseDetail>;
    'souwen-offline': CustomEvent<OfflineDetail>;
  }
}
