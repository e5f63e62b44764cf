import { SouwenError, toWire } from './errors.ts';
import type { Call, Calls, CallName, Request, Response } from './protocol.ts';
import type { Opened, OpenWasm, WasmEngine } from './wasm.ts';

/** For how long, in milliseconds, nothing must have been asked before the rest of the engine is loaded: what the page does now goes first. */
const REST = 1000;

/** The same before what was fetched is kept, once the engine is whole. */
const KEEP = 300;

type CallRequest = Extract<Request, { type: 'call' }>;

/**
 * Owns one wasm instance and answers requests with it, in the order in which they came.
 *
 * A call begins in a later task than the one that brought it. So when calls pile up behind a slow
 * one, the cancellations that have come meanwhile are seen before the cancelled calls begin.
 */
export class Host {
  readonly #openWasm: OpenWasm;
  readonly #post: (response: Response) => void;
  #opened: Opened | undefined;
  /** Whether all of the engine is there. */
  #whole = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  #queue: CallRequest[] = [];
  /** The calls that have begun, and those of them that are no longer wanted. */
  readonly #running = new Set<number>();
  readonly #cancelled = new Set<number>();
  #scheduled = false;
  #dead = false;

  constructor(openWasm: OpenWasm, post: (response: Response) => void) {
    this.#openWasm = openWasm;
    this.#post = post;
  }

  /** Takes one request. */
  receive(request: Request): void {
    if (request.type === 'cancel') {
      const waiting = this.#queue.length;
      this.#queue = this.#queue.filter(({ id }) => id !== request.id);
      if (this.#queue.length === waiting && this.#running.has(request.id)) this.#cancelled.add(request.id);
      return;
    }
    clearTimeout(this.#later);
    this.#queue.push(request);
    this.#schedule();
  }

  /** Frees the wasm instance; nothing is answered from then on. */
  dispose(): void {
    if (this.#dead) return;
    this.#dead = true;
    clearTimeout(this.#later);
    this.#opened?.engine.free();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      const next = this.#queue.shift();
      if (next && !this.#dead) void this.#answer(next);
      if (this.#queue.length > 0) this.#schedule();
    }, 0);
  }

  async #answer({ id, call }: CallRequest): Promise<void> {
    this.#running.add(id);
    try {
      const value = await this.#perform(id, call);
      if (this.#dead) return;
      this.#post({ type: 'result', id, value });
    } catch (thrown) {
      if (this.#dead) return;
      const error = toWire(thrown);
      if (error) {
        this.#post({ type: 'error', id, error });
        return;
      }
      // A trap, a stack overflow, "recursive use of an object": the instance cannot be trusted.
      this.#dead = true;
      this.#post({ type: 'crashed', id, message: String(thrown) });
    } finally {
      this.#running.delete(id);
      this.#cancelled.delete(id);
      if (this.#opened && !this.#dead && this.#running.size + this.#queue.length === 0) this.#settleLater();
    }
  }

  /** Asks until the engine lacks nothing: parts of a large index come when they are first needed. */
  async #answered<T>(engine: WasmEngine, ask: () => T | undefined, id: number): Promise<T> {
    for (;;) {
      const answer = ask();
      if (answer !== undefined) return answer;
      await engine.bring();
      this.#checkWanted(id);
    }
  }

  /** Loads what is still missing of the engine. */
  async #complete(opened: Opened, id: number): Promise<void> {
    if (this.#whole) return;
    await opened.complete();
    this.#whole = true;
    this.#checkWanted(id);
  }

  /**
   * The same once nothing has been asked for a moment, so that later answers wait for nothing; and keeps what
   * was fetched, so that they work offline.
   */
  #settleLater(): void {
    // Whoever wants the rest will try again, and say what is wrong.
    this.#later = setTimeout(() => void this.#settle().catch(() => undefined), this.#whole ? KEEP : REST);
  }

  async #settle(): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    await opened.complete();
    this.#whole = true;
    if (!this.#dead) await opened.engine.keep();
  }

  /** A call that nobody waits for any more need not go on. */
  #checkWanted(id: number): void {
    if (this.#cancelled.delete(id)) throw new SouwenError('closed', 'The request was cancelled.');
    if (this.#dead) throw new SouwenError('closed', 'The engine has been closed.');
  }

  async #perform(id: number, call: Call): Promise<Calls[CallName]['value']> {
    if (call.name === 'open') {
      this.#opened = await this.#openWasm(call.params.source, call.params.early);
      return null;
    }
    const opened = this.#opened;
    if (!opened) throw new SouwenError('closed', 'The engine has not been opened.');
    const { engine } = opened;
    switch (call.name) {
      case 'search': {
        const { query, options } = call.params;
        if (!this.#whole) {
          const typed = await this.#answered(engine, () => engine.searchAsTyped(query, options), id);
          if (typed !== null) return typed;
        }
        await this.#complete(opened, id);
        return this.#answered(engine, () => engine.search(query, options), id);
      }
      case 'suggest':
        await this.#complete(opened, id);
        return this.#answered(engine, () => engine.suggest(call.params.text, limited(call.params.limit)), id);
      case 'related':
        await this.#complete(opened, id);
        return this.#answered(engine, () => engine.related(call.params.query, limited(call.params.limit)), id);
      case 'document':
        await this.#complete(opened, id);
        return this.#answered(engine, () => engine.document(call.params.id), id);
      case 'info':
        return engine.info();
      case 'download':
        await this.#complete(opened, id);
        await engine.download((loaded, total) => {
          if (!this.#dead) this.#post({ type: 'progress', id, progress: { loaded, total } });
        });
        return null;
    }
  }
}

/** Options without a `limit` that was not given: the package is not asked to take `undefined` for one. */
function limited(limit: number | undefined): { limit?: number } {
  return limit === undefined ? {} : { limit };
}
