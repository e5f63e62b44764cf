import type { Early } from './early.ts';
import { SouwenError, toWire } from './errors.ts';
import type { Call, Calls, CallName, Request, Response, Source } from './protocol.ts';
import type { Opened, OpenWasm, WasmEngine } from './wasm.ts';

/** For how long, in milliseconds, nothing must have been asked before the rest of the engine is loaded: what the page does now goes first. */
const REST = 1000;

/** The same before what was fetched is kept, once the engine is whole. */
const KEEP = 300;

/** What waits to be kept is in memory: where there is always something asked, it is kept so often all the same. */
const KEEP_AT_LAST = 10_000;

type CallRequest = Extract<Request, { type: 'call' }>;

/** What is asked of an opened index. */
type Ask = Exclude<Call, { name: 'open' }>;

/**
 * Owns one wasm instance and answers requests with it, in the order in which they came.
 *
 * A bundle of which something is gone or does not fit has most likely been replaced since it was opened, by a deploy of
 * the site: then it is opened anew, in the same instance, and the call is answered from what is there now.
 *
 * A call begins in a later task than the one that brought it. So when calls pile up behind a slow
 * one, the cancellations that have come meanwhile are seen before the cancelled calls begin.
 */
export class Host {
  readonly #openWasm: OpenWasm;
  readonly #post: (response: Response) => void;
  #source: Source;
  #opened: Opened | undefined;
  #renewal: Promise<Opened> | undefined;
  #renewed = 0;
  /** Whether all of the engine is there. */
  #whole = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** When it was last told to keep what was fetched. */
  #kept = performance.now();
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

  /** The instance has broken, in call `id` where that is known, and cannot be trusted: nothing is answered from then on. */
  fail(thrown: unknown, id?: number): void {
    if (this.#dead) return;
    this.#dead = true;
    clearTimeout(this.#later);
    this.#post({ type: 'crashed', id, message: String(thrown) });
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
      if (error) this.#post({ type: 'error', id, error });
      // A trap, a stack overflow, "recursive use of an object".
      else this.fail(thrown, id);
    } finally {
      this.#running.delete(id);
      this.#cancelled.delete(id);
      this.#settleLater();
    }
  }

  /** Asks until the engine lacks nothing: parts of a large index come when they are first needed. */
  async #answered<T>(engine: WasmEngine, ask: () => T | undefined, id: number): Promise<T> {
    for (;;) {
      this.#checkWanted(id, engine);
      const answer = ask();
      if (answer !== undefined) return answer;
      await engine.bring();
    }
  }

  /** Loads what is still missing of the engine. */
  async #complete(opened: Opened): Promise<void> {
    if (this.#whole) return;
    await opened.complete();
    this.#whole = true;
  }

  /**
   * The same once nothing has been asked for a moment, so that later answers wait for nothing; and keeps what
   * was fetched, so that they work offline.
   */
  #settleLater(): void {
    if (!this.#opened || this.#dead) return;
    if (this.#whole && performance.now() - this.#kept > KEEP_AT_LAST) return void this.#settle();
    if (this.#running.size + this.#queue.length > 0) return;
    this.#later = setTimeout(() => void this.#settle(), this.#whole ? KEEP : REST);
  }

  async #settle(): Promise<void> {
    try {
      if (this.#opened) await this.#complete(this.#opened);
      this.#kept = performance.now();
      if (!this.#dead) await this.#opened?.engine.keep();
    } catch (thrown) {
      // Whoever wants the rest will try again, and say what is wrong.
      if (!toWire(thrown)) this.fail(thrown);
    }
  }

  /** A call that nobody waits for any more need not go on, and one of an engine that was replaced must not. */
  #checkWanted(id: number, engine: WasmEngine): void {
    if (this.#cancelled.delete(id)) throw new SouwenError('closed', 'The request was cancelled.');
    if (this.#dead) throw new SouwenError('closed', 'The engine has been closed.');
    if (this.#opened?.engine !== engine) throw new SouwenError('bundle-damaged', 'The bundle was replaced meanwhile; try again.');
  }

  async #perform(id: number, call: Call): Promise<Calls[CallName]['value']> {
    if (call.name === 'open') {
      this.#source = call.params.source;
      this.#opened = await this.#open(call.params.early);
      return null;
    }
    const opened = this.#opened;
    if (!opened) throw new SouwenError('closed', 'The engine has not been opened.');
    try {
      return await this.#ask(opened, id, call);
    } catch (thrown) {
      if (!this.#isStale(thrown)) throw thrown;
      return await this.#ask(await this.#renew(opened), id, call);
    }
  }

  async #open(early?: Early): Promise<Opened> {
    try {
      return await this.#openWasm(this.#source, early);
    } catch (thrown) {
      if (!this.#isStale(thrown)) throw thrown;
      // The manifest may have been of one deploy, and the index of the next.
      return this.#openWasm(this.#source, { module: early?.module, fresh: early?.fresh });
    }
  }

  /** Whether an error may come of a deploy. */
  #isStale(thrown: unknown): boolean {
    return typeof this.#source === 'string' && toWire(thrown)?.code === 'bundle-damaged';
  }

  /** Opens the bundle as it is now, unless another call has done so since `old` was. */
  #renew(old: Opened): Promise<Opened> {
    if (this.#opened && this.#opened !== old) return Promise.resolve(this.#opened);
    this.#renewal ??= this.#replace(old).finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async #replace(old: Opened): Promise<Opened> {
    const opened = await this.#openWasm(this.#source);
    if (this.#dead) {
      opened.engine.free();
      throw new SouwenError('closed', 'The engine has been closed.');
    }
    this.#opened = opened;
    this.#renewed += 1;
    old.engine.free();
    return opened;
  }

  async #ask(opened: Opened, id: number, call: Ask): Promise<Calls[CallName]['value']> {
    const { engine } = opened;
    switch (call.name) {
      case 'search': {
        const { query, options } = call.params;
        if (!this.#whole) {
          const typed = await this.#answered(engine, () => engine.searchAsTyped(query, options), id);
          if (typed !== null) return typed;
        }
        await this.#complete(opened);
        return this.#answered(engine, () => engine.search(query, options), id);
      }
      case 'suggest':
        await this.#complete(opened);
        return this.#answered(engine, () => engine.suggest(call.params.text, limited(call.params.limit)), id);
      case 'related':
        await this.#complete(opened);
        return this.#answered(engine, () => engine.related(call.params.query, limited(call.params.limit)), id);
      case 'document':
        await this.#complete(opened);
        return this.#answered(engine, () => engine.document(call.params.id), id);
      case 'info':
        return engine.info();
      case 'stats':
        return { ...opened.usage(), renewed: this.#renewed };
      case 'download':
        await this.#complete(opened);
        this.#checkWanted(id, engine);
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
