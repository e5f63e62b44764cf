/** How much memory a page and its workers hold: JS heap and wasm memory. */
import type { BrowserContext, Page } from 'playwright-core';
import { heapOf, workersOf } from '../www/heaps.ts';
import type { Ask } from '../www/heaps.ts';

const MEMORIES = '__benchMemories';

/** Stands before a worker's script and notes its wasm memories; to ask the browser for them crashes it. */
const NOTE_MEMORIES = `{
  const note = (made) => {
    const own = (made.instance ?? made).exports;
    (globalThis.${MEMORIES} ??= []).push(...Object.values(own).filter((one) => one instanceof WebAssembly.Memory));
    return made;
  };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const plain = WebAssembly[name];
    WebAssembly[name] = (...given) => plain.apply(WebAssembly, given).then(note);
  }
}
`;

/** Lets `memoryOf` see into the workers of a context's pages; scripts then differ from those that were sent. */
export async function noteMemories(context: BrowserContext): Promise<void> {
  await context.route(/worker[^/]*\.js$/u, async (route) => {
    const response = await route.fetch();
    // What it was packed with on its way goes on no longer.
    const { 'content-encoding': _, 'content-length': __, ...headers } = response.headers();
    await route.fulfill({ status: response.status(), headers, body: NOTE_MEMORIES + (await response.text()) });
  });
}

/** Bytes, after collecting what nothing holds any more. */
export async function memoryOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  let bytes = (await session.send('Runtime.getHeapUsage')).usedSize;
  // The page says itself what its wasm has: to look for its memories, as in the
  // workers, crashes it with SQLite inside.
  bytes += await page.evaluate(() => bench.wasmMemory());
  for (const worker of await workersOf(session)) bytes += await heldBy(worker);
  await session.detach();
  return bytes;
}

async function heldBy(worker: Ask): Promise<number> {
  await worker('Runtime.enable');
  const wasm = (await worker('Runtime.evaluate', {
    expression: `(globalThis.${MEMORIES} ?? []).reduce((sum, memory) => sum + memory.buffer.byteLength, 0)`,
    returnByValue: true,
  })) as { result: { value: number } };
  return (await heapOf(worker)) + wasm.result.value;
}
