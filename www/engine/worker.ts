/**
 * The script that owns the wasm instance. As a worker it serves the page that started it; where
 * workers are not to be had, the client imports it and talks to a host on its own thread.
 */
import { Host } from './host.ts';
import { WORKER_NAME } from './protocol.ts';
import type { Request, Response } from './protocol.ts';
import { onTrap } from './trap.ts';
import { wasmOpener } from './wasm.ts';

/** A host for the wasm modules that lie beside this script. */
export function serve(post: (response: Response) => void): Host {
  const [first, second] = __SOUWEN_WASM__.map(({ name, bytes }) => ({ url: new URL(name, import.meta.url), bytes }));
  const host = new Host(wasmOpener(first!, second!), post);
  onTrap((thrown) => host.fail(thrown));
  return host;
}

const scope = globalThis as Partial<DedicatedWorkerGlobalScope>;
if (scope.name === WORKER_NAME && scope.postMessage && scope.addEventListener) {
  const post = (response: Response): void => scope.postMessage?.(response);
  const host = serve(post);
  scope.addEventListener('message', (event) => host.receive(event.data as Request));
  scope.addEventListener('messageerror', () => host.fail('a message could not be read'));
  // Whoever waits for what nobody handles would wait for ever. (Errors reach the page by themselves. On the page's own
  // thread such rejections may be the page's, so there only the traps count that the script itself tells of.)
  scope.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    host.fail(event.reason);
  });
  post({ type: 'ready' });
}
