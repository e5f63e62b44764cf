import init, { Souwen } from 'souwen-wasm';
import { compile } from './compile.ts';
import type { WasmFile } from './compile.ts';
import type { Early } from './early.ts';
import { digestsIn } from './integrity.ts';
import type { Source } from './protocol.ts';

/** What the host needs of the wasm package; tests put a stand-in here. */
export type WasmEngine = Pick<
  Souwen,
  'searchAsTyped' | 'search' | 'suggest' | 'related' | 'document' | 'bring' | 'keep' | 'download' | 'info' | 'free'
>;

/** An engine of which, at first, not everything is loaded. */
export interface Opened {
  readonly engine: WasmEngine;
  /** Loads what is still missing. Before, `searchAsTyped` is all that may be asked. */
  complete(): Promise<void>;
}

/** Opens an index in a freshly instantiated module. */
export type OpenWasm = (source: Source, early?: Early) => Promise<Opened>;

/**
 * Instantiates the module in `first`, and opens an index in it; `complete` adds the one in `second`,
 * which takes all that it needs from the first one's instance.
 */
export function wasmOpener(first: WasmFile, second: WasmFile): OpenWasm {
  return async (source, early) => {
    const module = early?.module ?? (await compile(first));
    const instance = (await init({ module_or_path: module })) as WebAssembly.ModuleImports;
    const load = async (): Promise<void> => {
      await WebAssembly.instantiate(await compile(second), { first: instance });
    };
    let completed: Promise<void> | undefined;
    const complete = (): Promise<void> => {
      completed ??= load().catch((error: unknown) => {
        // Not kept: the next call tries again, perhaps on a better connection.
        completed = undefined;
        throw error;
      });
      return completed;
    };
    const integrity = typeof source === 'string' ? digestsIn(source) : undefined;
    // What looks into the browser's cache is in the second one, and what reads pinned bundles.
    if (typeof source === 'string' && (integrity || !early?.fresh)) await complete();
    return { engine: await Souwen.open(source, { ...early, integrity }), complete };
  };
}
