import init, { Souwen } from 'souwen-wasm';
import { compile } from './compile.ts';
import type { WasmFile } from './compile.ts';
import type { Early } from './early.ts';
import { digestsIn, memoryIn } from './fragment.ts';
import type { Source } from './protocol.ts';
import { traffic } from './steady-fetch.ts';
import type { EngineStats } from './types.ts';

/** What the host needs of the wasm package; tests put a stand-in here. */
export type WasmEngine = Pick<
  Souwen,
  'searchAsTyped' | 'search' | 'suggest' | 'related' | 'document' | 'bring' | 'keep' | 'download' | 'info' | 'free'
>;

/** What the instance has taken so far. */
export type Usage = Pick<EngineStats, 'memory' | 'requests' | 'received' | 'retried'>;

/** An engine of which, at first, not everything is loaded. */
export interface Opened {
  readonly engine: WasmEngine;
  /** Loads what is still missing. Before, `searchAsTyped` is all that may be asked. */
  complete(): Promise<void>;
  usage(): Usage;
}

/** Opens an index, always in the same instance of the module. */
export type OpenWasm = (source: Source, early?: Early) => Promise<Opened>;

/** A promise that is made when it is first asked for. One that fails is not kept: the next time is another attempt. */
function once<T, A>(make: (argument: A) => Promise<T>): (argument: A) => Promise<T> {
  let made: Promise<T> | undefined;
  return (argument) => {
    made ??= make(argument).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/**
 * Instantiates the module in `first`, and opens an index in it; `complete` adds the one in `second`,
 * which takes all that it needs from the first one's instance.
 */
export function wasmOpener(first: WasmFile, second: WasmFile): OpenWasm {
  const instantiate = once(async (early: Early | undefined) => {
    const module = early?.module ?? (await compile(first));
    count(early, first);
    return (await init({ module_or_path: module })) as WebAssembly.ModuleImports;
  });
  const add = once(async (instance: WebAssembly.ModuleImports) => {
    await WebAssembly.instantiate(await compile(second), { first: instance });
  });
  return async (source, early) => {
    const instance = await instantiate(early);
    const complete = (): Promise<void> => add(instance);
    const [integrity, memory] = typeof source === 'string' ? [digestsIn(source), memoryIn(source)] : [];
    // What looks into the browser's cache is in the second one, and what reads pinned bundles or loads what did not come early.
    if (typeof source === 'string' && (integrity || !early?.fresh || !early.index)) await complete();
    const engine = await Souwen.open(source, { ...early, integrity, memory });
    return { engine, complete, usage: () => ({ memory: memoryOf(instance), ...traffic }) };
  };
}

/** What the page has fetched early is the engine's, too. */
function count({ module, manifest, index }: Early = {}, first: WasmFile): void {
  const came = (bytes: number): void => {
    traffic.requests += 1;
    traffic.received += bytes;
  };
  if (module) came(first.bytes);
  if (manifest !== undefined) came(new TextEncoder().encode(manifest).length);
  if (index) came(index.length);
}

/** Bytes of an instance's memory, which never becomes smaller. */
function memoryOf(instance: WebAssembly.ModuleImports): number {
  const memory = Object.values(instance).find((own) => own instanceof WebAssembly.Memory);
  return memory?.buffer.byteLength ?? 0;
}
