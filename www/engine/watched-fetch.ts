/**
 * A `fetch` that a line which stands still cannot hold up for ever: what brings nothing for some seconds, or is on its way
 * when the network goes, is broken off, and what is slow is not. The build puts it in the place of the client's `fetch`.
 */

/** For how many milliseconds nothing may come. */
const STILL = 10_000;

/** How often, in milliseconds, it is looked whether there still is a network: workers are not told. */
const LOOK = 1000;

/** When something came last, of whatever: behind large files the others have to wait. */
let moved = 0;

/** A response, and the whole of its body, which has come when `whole` resolves. */
export interface Transfer {
  readonly response: Response;
  readonly whole: Promise<void>;
}

/** Begins one transfer; `onBytes` is told what comes. */
export async function begin(input: RequestInfo | URL, init?: RequestInit, onBytes?: (bytes: number) => void): Promise<Transfer> {
  const breaker = new AbortController();
  const began = performance.now();
  const wasOnline = isOnline();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = (): void => {
    const rest = Math.ceil(STILL - (performance.now() - Math.max(began, moved)));
    // Not every browser breaks off by itself what is on its way when the network goes.
    if (rest <= 0 || (wasOnline && !isOnline())) breaker.abort();
    else timer = setTimeout(watch, Math.min(rest, LOOK));
  };
  const heard = (bytes: number): void => {
    moved = performance.now();
    onBytes?.(bytes);
  };
  watch();
  try {
    const response = await globalThis.fetch(input, { ...init, signal: breaker.signal });
    heard(0);
    // Of a copy: browsers keep what they compiled only of responses that are read as they came.
    const whole = drain(response.clone(), heard).finally(() => clearTimeout(timer));
    // Whoever reads the response fails as well, and says so.
    whole.catch(() => undefined);
    return { response, whole };
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }
}

/** What the browser's `fetch` is, but for the watch. */
export async function fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  return (await begin(input, init)).response;
}

/** Where there is certainly no network, there is nothing to wait for. */
export function isOnline(): boolean {
  const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
  return navigator?.onLine !== false;
}

async function drain(copy: Response, onBytes: (bytes: number) => void): Promise<void> {
  const reader = copy.body?.getReader();
  if (!reader) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes(value.length);
  }
}
