import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetch as steady, traffic } from './steady-fetch.ts';
import { fetch as watched } from './watched-fetch.ts';

const URL_OF_PART = 'https://example.org/search/part-1.souwen';
const page = () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } });

type Answer = (signal: AbortSignal) => Response | Promise<Response>;

/** Lets the network answer so, one after the other, the last again and again; gives how often it was asked. */
function answering(...answers: Answer[]): () => number {
  let asked = 0;
  vi.stubGlobal('fetch', async (_: unknown, { signal }: { signal: AbortSignal }) => {
    const answer = answers[Math.min(asked, answers.length - 1)]!;
    asked += 1;
    return answer(signal);
  });
  return () => asked;
}

const refused: Answer = () => Promise.reject(new TypeError('refused'));

/** Never, until it is broken off. */
const still: Answer = (signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))));

/** A body that comes in pieces of one byte, so many milliseconds apart, and then breaks off, stands still or ends. */
const slow =
  (pieces: number, apart: number, end: 'error' | 'still' | 'close'): Answer =>
  (signal) => {
    let sent = 0;
    const read = async (): Promise<{ done: boolean; value?: Uint8Array }> => {
      if (sent === pieces && end === 'still') await still(signal);
      if (sent === pieces && end === 'error') throw new TypeError('broken');
      if (sent === pieces) return { done: true };
      sent += 1;
      await new Promise((resolve) => setTimeout(resolve, apart));
      return { done: false, value: Uint8Array.of(120) };
    };
    const text = async (): Promise<string> => {
      await read();
      return 'x'.repeat(pieces);
    };
    const copy = { body: { getReader: () => ({ read }) } };
    return { status: 200, ok: true, headers: new Headers(), clone: () => copy, text } as unknown as Response;
  };

/** What it comes to, however long that takes, and how long. */
async function outcome(asking: Promise<Response>): Promise<{ text?: string; status?: number; failed?: string; after: number }> {
  const began = performance.now();
  const ended = asking
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((error: Error) => ({ failed: error.message }));
  let result: object | undefined;
  void ended.then((own) => (result = own));
  while (!result) await vi.advanceTimersByTimeAsync(50);
  return { ...result, after: performance.now() - began };
}

let tests = 0;
beforeEach(() => {
  vi.useFakeTimers();
  // A clock never goes back.
  vi.advanceTimersByTime((tests += 1) * 1_000_000);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a steady fetch', () => {
  it.each<[string, Answer]>([
    ['a connection that is refused', refused],
    ['one that breaks off', slow(3, 1, 'error')],
    ['one that brings nothing at all', still],
    ['one that stands still', slow(3, 1, 'still')],
    ['a server that is busy', () => new Response('busy', { status: 503 })],
    ['one that is asked too often', () => new Response('slowly', { status: 429 })],
  ])('asks again after %s', async (_, fails) => {
    const asked = answering(fails, () => new Response('here'));
    const before = { ...traffic };
    expect(await outcome(steady(URL_OF_PART))).toMatchObject({ text: 'here' });
    expect(asked()).toBe(2);
    expect(traffic.requests - before.requests).toBe(2);
    expect(traffic.retried - before.retried).toBe(1);
  });

  it('gives up after some attempts, with what came of the last', async () => {
    const asked = answering(refused);
    expect(await outcome(steady(URL_OF_PART))).toMatchObject({ failed: 'refused' });
    expect(asked()).toBe(4);
    // As whoever reads it would have been told by the browser's own.
    answering(slow(3, 1, 'error'));
    expect(await outcome(steady(URL_OF_PART))).toMatchObject({ failed: 'broken' });
    answering(() => new Response('busy', { status: 500 }));
    expect(await outcome(steady(URL_OF_PART))).toMatchObject({ status: 500, text: 'busy' });
  });

  it('waits longer each time, and never long where nothing ever comes', async () => {
    answering(refused);
    const { after } = await outcome(steady(URL_OF_PART));
    expect(after).toBeGreaterThan(1900);
    expect(after).toBeLessThan(4000);
    answering(still);
    expect((await outcome(steady(URL_OF_PART))).after).toBeLessThan(31_000);
  });

  it('waits as long as a server asks for, unless that is too long', async () => {
    const busy = (wait: string): Answer => () => new Response('', { status: 503, headers: { 'retry-after': wait } });
    answering(busy('7'), () => new Response('here'));
    const { text, after } = await outcome(steady(URL_OF_PART));
    expect(text).toBe('here');
    expect(after).toBeGreaterThanOrEqual(7000);
    const date = new Date(Date.now() + 5000).toUTCString();
    answering(busy(date), () => new Response('here'));
    expect((await outcome(steady(URL_OF_PART))).after).toBeGreaterThanOrEqual(3900);
    const asked = answering(busy('3600'));
    expect(await outcome(steady(URL_OF_PART))).toMatchObject({ status: 503 });
    expect(asked()).toBe(1);
  });

  it('does not ask again what a server has said, nor without a network', async () => {
    for (const status of [200, 206, 403, 404, 410, 416]) {
      const asked = answering(() => new Response('', { status }));
      expect((await outcome(steady(URL_OF_PART))).status).toBe(status);
      expect(asked()).toBe(1);
    }
    vi.stubGlobal('navigator', { onLine: false });
    const asked = answering(refused);
    expect(await outcome(steady(URL_OF_PART))).toMatchObject({ failed: 'refused' });
    expect(asked()).toBe(1);
  });

  it('lets a slow line take its time, also behind others', async () => {
    const asked = answering(slow(40, 9000, 'close'));
    expect((await outcome(steady(URL_OF_PART))).text).toHaveLength(40);
    expect(asked()).toBe(1);
    // One that waits for its turn while another moves is not still.
    let turn = 0;
    vi.stubGlobal('fetch', async (_: unknown, { signal }: { signal: AbortSignal }) => {
      turn += 1;
      if (turn === 1) return slow(5, 5000, 'close')(signal);
      await new Promise((resolve) => setTimeout(resolve, 24_000));
      return new Response('second');
    });
    const [first, second] = await Promise.all([outcome(steady(URL_OF_PART)), outcome(steady(URL_OF_PART))]);
    expect([first.text, second.text, turn]).toEqual(['xxxxx', 'second', 2]);
  });

  it('takes a page for a file that is gone, but not for a manifest', async () => {
    answering(page);
    for (const name of ['part-1.souwen', 'souwen-more-1.wasm', 'index-1.souwen?offset']) {
      expect((await outcome(steady(new Request(`https://example.org/search/${name}`)))).status).toBe(404);
    }
    expect(await outcome(steady(new URL('https://example.org/search/souwen.json')))).toMatchObject({ status: 200, text: '<!doctype html>' });
    // What is refused is no page in place of a file.
    answering(() => new Response('no', { status: 403, headers: { 'content-type': 'text/html' } }));
    expect((await outcome(steady(URL_OF_PART))).status).toBe(403);
  });
});

describe('a watched fetch', () => {
  it('gives the response as it comes, and breaks it off when it stands still', async () => {
    let aborted = false;
    answering((signal) => {
      signal.addEventListener('abort', () => (aborted = true));
      return slow(3, 1, 'still')(signal);
    });
    expect((await watched(URL_OF_PART)).ok).toBe(true);
    await vi.advanceTimersByTimeAsync(9000);
    expect(aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(aborted).toBe(true);
  });

  it('asks once', async () => {
    const asked = answering(refused);
    await expect(watched(URL_OF_PART)).rejects.toThrow('refused');
    expect(asked()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
