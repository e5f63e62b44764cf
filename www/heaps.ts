/** How much JavaScript memory a page and its workers hold, by the browser's protocol: for tests and benches. */
import type { CDPSession, Page } from '@playwright/test';

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Asks a page or a worker. */
export type Ask = (method: string, params?: object) => Promise<unknown>;

/** Bytes of the heaps of a page and of its workers, after collecting what nothing holds any more. */
export async function heapsOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const all: Ask[] = [(method) => session.send(method as 'Runtime.enable'), ...(await workersOf(session))];
  let bytes = 0;
  for (const ask of all) bytes += await heapOf(ask);
  await session.detach();
  return bytes;
}

/** Bytes of one heap, after a collection. */
export async function heapOf(ask: Ask): Promise<number> {
  await ask('Runtime.enable');
  await ask('HeapProfiler.collectGarbage');
  const { usedSize } = (await ask('Runtime.getHeapUsage')) as { usedSize: number };
  return usedSize;
}

/** The page's workers: their messages are wrapped in those of the page. */
export async function workersOf(session: Pick<CDPSession, 'on' | 'send'>): Promise<Ask[]> {
  const workers: string[] = [];
  const waiting = new Map<number, (answer: Answer) => void>();
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.push(sessionId);
  });
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  let last = 0;
  return workers.map((sessionId): Ask => (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result)));
      session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) }).catch(reject);
    }),
  );
}
