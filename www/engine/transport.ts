import { SouwenError } from './errors.ts';
import { WORKER_NAME } from './protocol.ts';
import type { Request, Response } from './protocol.ts';
import { goneError } from './replaced.ts';

/** A line to a host. */
export interface Transport {
  post(request: Request): void;
  /** Ends the host at once, whatever it is doing. */
  terminate(): void;
}

/** What comes back over the line. */
export interface Listener {
  receive(response: Response): void;
  /** The host is gone and will answer nothing more. */
  died(message: string): void;
}

/** Starts a fresh host. */
export type Connect = (listener: Listener) => Promise<Transport>;

/** What the worker's script exports to a client on the same thread. */
interface WorkerModule {
  serve(post: (response: Response) => void): { receive(request: Request): void; dispose(): void };
}

/** Hosts started on this thread, by whichever engine. */
let instances = 0;

/** Starts the script at `url` as a worker or, when there can be none, on this thread. */
export function connector(url: URL, useWorker: boolean): Connect {
  return async (listener) => {
    if (useWorker && typeof Worker === 'function' && url.protocol !== 'file:') {
      const transport = await startWorker(url, listener);
      if (transport) return transport;
    }
    return startHere(url, ++instances, listener);
  };
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * The worker's URL. Browsers start no worker from another origin than the page's: there, a script of
 * one line, made here, imports it. (Under a policy that allows no `blob:` workers there is none.)
 */
function workerUrl(url: URL): URL {
  const { location } = globalThis as { location?: { origin: string } };
  if (location === undefined || url.origin === location.origin) return url;
  const script = `import ${JSON.stringify(url.href)};`;
  return new URL(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
}

/** The same as a page takes it whose policy says `require-trusted-types-for 'script'`. */
function trusted(url: URL): string | URL {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  try {
    policy ??= trustedTypes?.createPolicy('souwen', { createScriptURL: (script) => script });
  } catch {
    // The page names its policies, and this one is not among them; it may take plain URLs all the same.
  }
  return policy?.createScriptURL(url.href) ?? url;
}

/** For how many milliseconds a worker may be on its way before it is looked whether its script can be had at all. */
const PATIENCE = 10_000;

/**
 * A worker that runs, or nothing when this page cannot have one (policy, origin, age of the browser). Nobody tells that its
 * script stands still on its way: then another is started, once.
 */
function startWorker(url: URL, listener: Listener, last = false): Promise<Transport | undefined> {
  return new Promise((resolve, reject) => {
    let worker: Worker;
    try {
      worker = new Worker(trusted(workerUrl(url)), { type: 'module', name: WORKER_NAME });
    } catch {
      resolve(undefined);
      return;
    }
    let ready = false;
    let failed = false;
    const look = async (): Promise<void> => {
      // Past the browser's cache, which may wait for what stands still.
      const script = await fetch(url, { cache: 'no-store' }).then((response) => response.blob()).catch(() => undefined);
      if (ready || failed) return;
      worker.terminate();
      if (script && !last) return resolve(startWorker(url, listener, true));
      reject(new SouwenError('network', `${url.href} does not come; check the connection and try again.`));
    };
    const timer = setTimeout(() => void look(), PATIENCE);
    worker.onmessage = (event) => {
      const response = event.data as Response;
      if (response.type !== 'ready') return listener.receive(response);
      ready = true;
      clearTimeout(timer);
      resolve({ post: (request) => worker.postMessage(request), terminate: () => worker.terminate() });
    };
    worker.onmessageerror = () => listener.died('an answer could not be read');
    worker.onerror = (event) => {
      event.preventDefault();
      if (ready) return listener.died(event.message);
      failed = true;
      clearTimeout(timer);
      worker.terminate();
      resolve(undefined);
    };
  });
}

/**
 * A host on this thread. The wasm glue keeps its instance in the module's scope, so each host
 * needs its own copy of the script: a fragment makes another module of the same cached file.
 */
async function startHere(url: URL, instance: number, listener: Listener): Promise<Transport> {
  const copy = new URL(url);
  copy.hash = String(instance);
  let module: WorkerModule;
  try {
    module = (await import(/* @vite-ignore */ copy.href)) as WorkerModule;
  } catch (cause) {
    throw await unloadable(url, cause);
  }
  const host = module.serve((response) => listener.receive(response));
  return { post: (request) => host.receive(request), terminate: () => host.dispose() };
}

/** Why a script could not be imported: browsers do not say. */
async function unloadable(url: URL, cause: unknown): Promise<SouwenError> {
  const response = await fetch(url).catch(() => undefined);
  const isPage = response?.ok && response.headers.get('content-type')?.startsWith('text/html');
  if (isPage || response?.status === 404 || response?.status === 410) return goneError(url);
  return new SouwenError('network', `${url.href} could not be loaded; check the connection and try again.`, { cause });
}
