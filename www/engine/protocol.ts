/**
 * The messages between the client and the host of the wasm instance, which is a worker or,
 * where there are none, the same thread. Both sides import this file and nothing of each other.
 *
 * The client opens first (id 0) and asks for more only once that is answered. Every request is
 * answered exactly once by `result`, `error` or `crashed`, except cancelled ones, which may stay
 * unanswered.
 */
import type { Early } from './early.ts';
import type { WireError } from './errors.ts';
import type { Article, DownloadProgress, EngineInfo, EngineStats, SearchOptions, SearchResult, Suggestion } from './types.ts';

/** Where an index comes from: an absolute URL, the bytes of an index file, or the embedded one. */
export type Source = string | Uint8Array | undefined;

/** What is asked, and the type of its answer. */
export interface Calls {
  open: { params: { readonly source: Source; readonly early?: Early }; value: null };
  search: { params: { readonly query: string; readonly options: SearchOptions }; value: SearchResult };
  suggest: { params: { readonly text: string; readonly limit: number | undefined }; value: readonly Suggestion[] };
  related: { params: { readonly query: string; readonly limit: number | undefined }; value: readonly string[] };
  document: { params: { readonly id: string }; value: Article };
  download: { params: object; value: null };
  info: { params: object; value: EngineInfo };
  /** Crashes are counted by the client. */
  stats: { params: object; value: Omit<EngineStats, 'crashes'> };
}

export type CallName = keyof Calls;

/** One call, ready to be sent, as a union over all calls. */
export type Call = { [N in CallName]: { readonly name: N; readonly params: Calls[N]['params'] } }[CallName];

/** Client to host. */
export type Request =
  | { readonly type: 'call'; readonly id: number; readonly call: Call }
  /** The answer is no longer wanted: if the call has not begun, it never will. */
  | { readonly type: 'cancel'; readonly id: number };

/** Host to client. */
export type Response =
  /** The host's script runs and listens. */
  | { readonly type: 'ready' }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: WireError }
  | { readonly type: 'progress'; readonly id: number; readonly progress: DownloadProgress }
  /** The wasm instance broke, in this call where that is known; the host answers nothing more and must be replaced. */
  | { readonly type: 'crashed'; readonly id: number | undefined; readonly message: string };

/** The id of the `open` call. */
export const OPEN_ID = 0;

/** The worker's name, by which its script knows that it is one. */
export const WORKER_NAME = 'souwen-engine';
