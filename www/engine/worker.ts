/**
 * The script that owns the wasm instance. As a worker it serves the page that started it; where
 * workers are not to be had, the client imports it and talks to a host on its own thread.
 */
import { Host } from './host.ts';
import { WORKER_NAME } from './protocol.ts';
import type { Request, Response } from './protocol.ts';
import { wasmOpener } from './wasm.ts';

/** A host for the wasm modules that lie beside this script. */
export function serve(post: (response: Response) => void): Host {
  const [first, second] = __SOUWEN_WASM__.map(({ name, bytes }) => ({ url: new URL(name, import.meta.url), bytes }));
  return new Host(wasmOpener(first!, second!), post);
}

const scope = globalThis as Partial<DedicatedWorkerGlobalScope>;
if (scope.name === WORKER_NAME && scope.postMessage && scope.addEventListener) {
  const post = (response: Response): void => scope.postMessage?.(response);
  const host = serve(post);
  scope.addEventListener('message', (event) => host.receive(event.data as Request));
  post({ type: 'ready' });
}
