/**
 * The script that owns the wasm instance. As a worker it serves the page that started it; where
 * workers are not to be had, the client imports it and talks to a host on its own thread.
 */
import { Host } from './host.ts';
import { WORKER_NAME } from './protocol.ts';
import type { Request, Response } from './protocol.ts';
import { wasmOpener } from './wasm.ts';

/** A host for the wasm module that lies beside this script. */
export function serve(post: (response: Response) => void): Host {
  return new Host(wasmOpener(new URL(__SOUWEN_WASM__, import.meta.url), __SOUWEN_WASM_BYTES__), post);
}

const scope = globalThis as Partial<DedicatedWorkerGlobalScope>;
if (scope.name === WORKER_NAME && scope.postMessage && scope.addEventListener) {
  const post = (response: Response): void => scope.postMessage?.(response);
  const host = serve(post);
  scope.addEventListener('message', (event) => host.receive(event.data as Request));
  post({ type: 'ready' });
}
