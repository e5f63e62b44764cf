/**
 * A `fetch` that does not give up at once. The build puts it in the place of the worker's `fetch`, that of the wasm
 * package's script included: so whatever the engine loads is loaded by this.
 *
 * A response is handed on when all of it has come. What fails before is asked for again after a moment: no connection,
 * one that breaks off or stands still, a server that is busy. What the server says outright is not.
 */
import { begin, isOnline } from './watched-fetch.ts';

const RETRIES = 3;

/** The first pause in milliseconds; each is three times the one before, less up to half of it. */
const PAUSE = 300;

/** So many milliseconds after the first attempt no other begins, whatever the server asks for. */
const PATIENCE = 20_000;

/** What has been asked for and what has come, in bytes, since the script was loaded. */
export const traffic = { requests: 0, received: 0, retried: 0 };

export async function fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const until = performance.now() + PATIENCE;
  for (let attempt = 0; ; attempt += 1) {
    const { response, error } = await tried(input, init);
    if (response && !error && !isBusy(response)) return isPage(input, response) ? new Response(null, { status: 404 }) : response;
    const pause = pauseBefore(attempt, response);
    const again = attempt < RETRIES && performance.now() + pause < until && isOnline();
    if (again) await new Promise((resolve) => setTimeout(resolve, pause));
    if (!again || !isOnline()) {
      // Whoever reads one that has broken off is told so by its body.
      if (response) return response;
      throw error;
    }
    traffic.retried += 1;
  }
}

/** One attempt: a response, an error, or both where it began to come. */
async function tried(input: RequestInfo | URL, init?: RequestInit): Promise<{ response?: Response; error?: unknown }> {
  traffic.requests += 1;
  let begun: Response | undefined;
  try {
    const { response, whole } = await begin(input, init, (bytes) => (traffic.received += bytes));
    begun = response;
    await whole;
    return { response };
  } catch (error) {
    return begun ? { response: begun, error } : { error };
  }
}

/** Whether it may be otherwise in a moment. */
function isBusy({ status }: Response): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** Whether a file of the bundle is gone: many sites have a page for whatever there is not, and call it found. */
function isPage(input: RequestInfo | URL, { ok, headers }: Response): boolean {
  const [path = ''] = (input instanceof Request ? input.url : String(input)).split(/[?#]/u, 1);
  // A manifest that is a page has words of its own.
  return ok && !path.endsWith('.json') && /^text\/html\b/iu.test(headers.get('content-type') ?? '');
}

/** Milliseconds: not all readers of a site are to come back in the same one. */
function pauseBefore(attempt: number, response: Response | undefined): number {
  const own = PAUSE * 3 ** attempt * (1 - Math.random() / 2);
  const asked = response?.headers.get('retry-after');
  if (!asked) return own;
  // Seconds, or a date.
  const wait = Number(asked) * 1000 || Date.parse(asked) - Date.now();
  return wait > own ? wait : own;
}
