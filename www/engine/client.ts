import { early } from './early.ts';
import type { Early } from './early.ts';
import { fromWire, SouwenError } from './errors.ts';
import { withFragment } from './fragment.ts';
import { OPEN_ID } from './protocol.ts';
import type { Call, Calls, CallName, Source } from './protocol.ts';
import { Session } from './session.ts';
import { connector } from './transport.ts';
import type { Connect } from './transport.ts';
import type * as api from './types.ts';

/** How to run the engine. */
export interface OpenOptions {
  /** False runs the engine on the calling thread; a worker is used by default where there are any. */
  readonly worker?: boolean;
  /** Is told, in bytes, how much of the engine has come. What was kept from an earlier visit comes all at once. */
  readonly onProgress?: (progress: api.DownloadProgress) => void;
  /**
   * Pins a bundle: `sha256-…` of its manifest, as `souwen build` prints it, or several with white space between
   * them. Then nothing is read of the bundle that is not verified by it.
   */
  readonly integrity?: string | undefined;
  /**
   * How many bytes of what it fetches of a bundle the engine keeps in memory: 48 MB unless given. What it drops it takes
   * out of the browser's cache, or fetches again. (What it makes of them comes on top.)
   */
  readonly memory?: number | undefined;
}

/**
 * Opens an index.
 *
 * @param source A bundle's URL (relative to the page), the bytes of an index file, or nothing for the
 *   index that is embedded in the package.
 * @throws {SouwenError} `bundle-not-found`, `bundle-damaged`, `unsupported-version`, `network`,
 *   `unsupported-browser`, `invalid-argument` or `engine-crashed`.
 */
export function open(source?: string | URL | Uint8Array, options: OpenOptions = {}): Promise<api.Engine> {
  const url = new URL(__SOUWEN_WORKER__, import.meta.url);
  const wasm = __SOUWEN_WASM__.map(({ name, bytes }) => ({ url: new URL(name, import.meta.url), bytes }));
  const own = noted(resolveSource(source), options ?? {});
  return openWith(connector(url, options?.worker ?? true), own, (own) => early(own, wasm[0]!, options?.onProgress));
}

/** `open`, with hosts that `connect` starts; `fetchEarly` fetches what they will need. */
export async function openWith(
  connect: Connect,
  source?: string | URL | Uint8Array,
  fetchEarly: (source: Source) => Promise<Early> = async () => ({}),
): Promise<api.Engine> {
  const client = new Client(connect, resolveSource(source), fetchEarly);
  await client.opened();
  return client;
}

function resolveSource(source: unknown): Source {
  if (source === undefined || source instanceof Uint8Array) return source;
  if (typeof source !== 'string' && !(source instanceof URL)) {
    throw new SouwenError('invalid-argument', 'open() takes the URL of a bundle, the bytes of an index, or nothing.');
  }
  // A worker resolves relative addresses against its own script, so the page's base is taken here.
  const page = globalThis as { document?: { baseURI: string }; location?: { href: string } };
  try {
    return new URL(source, page.document?.baseURI ?? page.location?.href).href;
  } catch (cause) {
    throw new SouwenError('invalid-argument', `"${String(source)}" is not the URL of a bundle.`, { cause });
  }
}

/** A source with what is to be known of it whenever it is opened. */
function noted(source: Source, { integrity, memory }: OpenOptions): Source {
  if (memory !== undefined && !(Number.isInteger(memory) && memory >= 0)) {
    throw new SouwenError('invalid-argument', '`memory` must be a number of bytes.');
  }
  return typeof source === 'string' ? withFragment(source, integrity, memory) : source;
}

interface Pending {
  readonly call: Call;
  readonly onProgress: ((progress: api.DownloadProgress) => void) | undefined;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  sent: boolean;
  crashes: number;
}

class Client implements api.Engine {
  readonly #connect: Connect;
  readonly #source: Source;
  readonly #fetchEarly: (source: Source) => Promise<Early>;
  readonly #pending = new Map<number, Pending>();
  #session: Promise<Session> | undefined;
  #lastId = OPEN_ID;
  #crashes = 0;
  #closed = false;

  constructor(connect: Connect, source: Source, fetchEarly: (source: Source) => Promise<Early>) {
    this.#connect = connect;
    this.#source = source;
    this.#fetchEarly = fetchEarly;
  }

  /** Resolves once the index is open. */
  async opened(): Promise<void> {
    try {
      await this.#currentSession();
    } catch (error) {
      throw isCloneError(error) ? notCloneable(error) : error;
    }
  }

  async search(query: string, options: api.SearchOptions & api.Abortable = {}): Promise<api.SearchResult> {
    requireString(query, 'query');
    const { signal, ...rest } = options ?? {};
    return this.#request<'search'>({ name: 'search', params: { query, options: rest } }, signal);
  }

  async suggest(text: string, options: { readonly limit?: number } & api.Abortable = {}): Promise<readonly api.Suggestion[]> {
    requireString(text, 'text');
    return this.#request<'suggest'>({ name: 'suggest', params: { text, limit: options?.limit } }, options?.signal);
  }

  async related(query: string, options: { readonly limit?: number } & api.Abortable = {}): Promise<readonly string[]> {
    requireString(query, 'query');
    return this.#request<'related'>({ name: 'related', params: { query, limit: options?.limit } }, options?.signal);
  }

  async document(id: string, options: api.Abortable = {}): Promise<api.Article> {
    requireString(id, 'id');
    return this.#request<'document'>({ name: 'document', params: { id } }, options?.signal);
  }

  async download(options: { readonly onProgress?: (progress: api.DownloadProgress) => void } = {}): Promise<void> {
    await this.#request<'download'>({ name: 'download', params: {} }, undefined, options?.onProgress);
  }

  info(): Promise<api.EngineInfo> {
    return this.#request<'info'>({ name: 'info', params: {} });
  }

  async stats(): Promise<api.EngineStats> {
    const own = await this.#request<'stats'>({ name: 'stats', params: {} });
    return { ...own, crashes: this.#crashes };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    void this.#session?.then((session) => session.end(), () => undefined);
    this.#session = undefined;
    this.#rejectAll(closedError());
  }

  #request<N extends CallName>(
    call: Extract<Call, { name: N }>,
    signal?: AbortSignal,
    onProgress?: (progress: api.DownloadProgress) => void,
  ): Promise<Calls[N]['value']> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(closedError());
      if (signal?.aborted) return reject(abortReason(signal));
      const id = ++this.#lastId;
      const onAbort = (): void => {
        if (!this.#pending.delete(id)) return;
        void this.#cancel(id);
        reject(abortReason(signal));
      };
      const done = (): void => signal?.removeEventListener('abort', onAbort);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, {
        call,
        onProgress,
        resolve: (value) => (done(), resolve(value)),
        reject: (error) => (done(), reject(error)),
        sent: false,
        crashes: 0,
      });
      void this.#send(id);
    });
  }

  async #send(id: number): Promise<void> {
    try {
      const session = await this.#currentSession();
      const pending = this.#pending.get(id);
      if (!pending || this.#closed) return;
      // The instance may have broken between its opening and this turn.
      if (!session.alive) return await this.#send(id);
      pending.sent = true;
      session.post({ type: 'call', id, call: pending.call });
    } catch (error) {
      this.#take(id)?.reject(isCloneError(error) ? notCloneable(error) : error);
    }
  }

  async #cancel(id: number): Promise<void> {
    const session = await this.#session?.catch(() => undefined);
    if (session?.alive) session.post({ type: 'cancel', id });
  }

  #currentSession(): Promise<Session> {
    this.#session ??= this.#openSession();
    return this.#session;
  }

  async #openSession(): Promise<Session> {
    try {
      const session = await Session.open(this.#connect, this.#source, () => this.#fetchEarly(this.#source), {
        receive: (response) => {
          if (response.type === 'progress') return this.#pending.get(response.id)?.onProgress?.(response.progress);
          const pending = this.#take(response.id);
          if (response.type === 'error') return pending?.reject(fromWire(response.error));
          return pending?.resolve(response.value as never);
        },
        crashed: (id, message) => this.#recover(id, message),
      });
      if (this.#closed) session.end();
      return session;
    } catch (error) {
      // A failed opening is not kept: the next call tries again, perhaps on a better connection.
      this.#session = undefined;
      throw error;
    }
  }

  /** Replaces a broken instance and replays what was asked of it, each call at most once. */
  #recover(culprit: number | undefined, message: string): void {
    this.#session = undefined;
    this.#crashes += 1;
    for (const [id, pending] of [...this.#pending]) {
      if (!pending.sent) continue;
      pending.sent = false;
      if (culprit === undefined || culprit === id) pending.crashes += 1;
      if (pending.crashes < 2) void this.#send(id);
      else this.#take(id)?.reject(new SouwenError('engine-crashed', `The search engine broke twice on this request (${message}).`));
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #rejectAll(error: SouwenError): void {
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(error);
  }
}

function requireString(value: unknown, name: string): void {
  if (typeof value !== 'string') throw new SouwenError('invalid-argument', `${name} must be a string.`);
}

function closedError(): SouwenError {
  return new SouwenError('closed', 'This engine has been closed; open() another.');
}

function abortReason(signal: AbortSignal | undefined): unknown {
  return signal?.reason ?? new DOMException('The search was aborted.', 'AbortError');
}

function isCloneError(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'DataCloneError';
}

function notCloneable(cause: unknown): SouwenError {
  return new SouwenError('invalid-argument', 'Arguments must be plain data.', { cause });
}
