import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Request, Response } from './protocol.ts';
import { connector } from './transport.ts';
import type { Listener } from './transport.ts';

/** A worker script that answers every request with how many this copy of the script has seen. */
const SCRIPT = new URL(
  `data:text/javascript,${encodeURIComponent(`
    let seen = 0;
    export function serve(post) {
      return {
        receive: (request) => { seen += 1; post({ type: 'result', id: request.id, value: seen }); },
        dispose: () => post({ type: 'result', id: -1, value: 'disposed' }),
      };
    }`)}`,
);

const REQUEST: Request = { type: 'call', id: 1, call: { name: 'info', params: {} } };

function recorder() {
  const responses: Response[] = [];
  const deaths: string[] = [];
  const listener: Listener = { receive: (response) => responses.push(response), died: (message) => deaths.push(message) };
  return { listener, responses, deaths };
}

/** Workers whose script does what the test says. */
function stubWorker(behave: (worker: StubWorker) => void): StubWorker[] {
  const made: StubWorker[] = [];
  class Stub extends StubWorker {
    constructor(url: unknown) {
      super();
      this.url = url;
      made.push(this);
      queueMicrotask(() => behave(this));
    }
  }
  vi.stubGlobal('Worker', Stub);
  return made;
}

class StubWorker {
  url: unknown;
  onmessage: (event: { data: Response }) => void = () => undefined;
  onerror: (event: { message: string; preventDefault(): void }) => void = () => undefined;
  onmessageerror: () => void = () => undefined;
  posted: Request[] = [];
  terminated = false;
  postMessage(request: Request): void {
    this.posted.push(request);
  }
  terminate(): void {
    this.terminated = true;
  }
}

const failure = (message: string) => ({ message, preventDefault: () => undefined });

afterEach(() => vi.unstubAllGlobals());

describe('on the calling thread', () => {
  it('every host has a copy of the script to itself', async () => {
    const connect = connector(SCRIPT, false);
    const { listener, responses } = recorder();
    const first = await connect(listener);
    first.post(REQUEST);
    first.post(REQUEST);
    const second = await connect(listener);
    second.post(REQUEST);
    // Another engine's host, too: what breaks in one is no other's trouble.
    (await connector(SCRIPT, false)(listener)).post(REQUEST);
    expect(responses.map((response) => 'value' in response && response.value)).toEqual([1, 2, 1, 1]);
    first.terminate();
    expect(responses.at(-1)).toMatchObject({ value: 'disposed' });
  });

  it('a script that cannot be loaded is a network error', async () => {
    const connect = connector(new URL('data:text/javascript,throw new Error()'), false);
    await expect(connect(recorder().listener)).rejects.toMatchObject({ code: 'network' });
  });

  it('a script that is gone asks for the page to be reloaded if the site has another one by now', async () => {
    const gone = new URL('https://example.org/search/souwen-worker-0.js');
    const connect = connector(gone, false);
    const page = () => new globalThis.Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
    const manifest = (file: string) => () => globalThis.Response.json({ runtime: [{ file }] });
    for (const missing of [page, () => new globalThis.Response('', { status: 404 })]) {
      for (const [said, code, message] of [
        [manifest('souwen-worker-1.js'), 'unsupported-version', /souwen-worker-0\.js is gone: .*reload the page/u],
        [manifest('souwen-worker-0.js'), 'bundle-not-found', /upload the whole bundle folder/u],
        [page, 'bundle-not-found', /upload the whole bundle folder/u],
      ] as const) {
        vi.stubGlobal('fetch', async (url: URL) => (url.href.endsWith('/souwen.json') ? said() : missing()));
        await expect(connect(recorder().listener)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
      }
    }
  });
});

describe('with workers', () => {
  it('talks to the worker once it says that it is ready', async () => {
    const [made, { listener, responses, deaths }] = [
      stubWorker((worker) => worker.onmessage({ data: { type: 'ready' } })),
      recorder(),
    ];
    const transport = await connector(SCRIPT, true)(listener);
    transport.post(REQUEST);
    expect(made[0]?.posted).toEqual([REQUEST]);
    made[0]?.onmessage({ data: { type: 'result', id: 1, value: 7 } });
    expect(responses).toEqual([{ type: 'result', id: 1, value: 7 }]);
    made[0]?.onerror(failure('out of memory'));
    made[0]?.onmessageerror();
    expect(deaths).toEqual(['out of memory', 'an answer could not be read']);
    transport.terminate();
    expect(made[0]?.terminated).toBe(true);
  });

  it('names its script as a page with Trusted Types takes it', async () => {
    const made = stubWorker((worker) => worker.onmessage({ data: { type: 'ready' } }));
    const createPolicy = vi.fn((_name: string, rules: { createScriptURL(url: string): string }) => ({
      createScriptURL: (url: string) => ({ trusted: rules.createScriptURL(url) }),
    }));
    createPolicy.mockImplementationOnce(() => {
      throw new TypeError('not among the policies of this page');
    });
    vi.stubGlobal('trustedTypes', { createPolicy });
    for (let count = 0; count < 3; count += 1) await connector(SCRIPT, true)(recorder().listener);
    expect(made.map((worker) => worker.url)).toEqual([SCRIPT, { trusted: SCRIPT.href }, { trusted: SCRIPT.href }]);
    // A page may refuse a second policy of the same name.
    expect(createPolicy.mock.calls.map(([name]) => name)).toEqual(['souwen', 'souwen']);
  });

  it('a worker that fails before it is ready gives way to the calling thread', async () => {
    const made = stubWorker((worker) => worker.onerror(failure('no module workers here')));
    const { listener, responses, deaths } = recorder();
    (await connector(SCRIPT, true)(listener)).post(REQUEST);
    expect(responses).toHaveLength(1);
    expect(deaths).toEqual([]);
    expect(made[0]).toMatchObject({ terminated: true, posted: [] });
  });

  it('a worker whose script does not come is started once more, if the script can be had', async () => {
    vi.useFakeTimers();
    try {
      vi.stubGlobal('fetch', async () => new globalThis.Response('export {}'));
      const made = stubWorker((worker) => {
        if (made.length > 1) worker.onmessage({ data: { type: 'ready' } });
      });
      const started = connector(SCRIPT, true)(recorder().listener);
      await vi.advanceTimersByTimeAsync(11_000);
      (await started).post(REQUEST);
      expect(made.map(({ terminated, posted }) => [terminated, posted.length])).toEqual([[true, 0], [false, 1]]);
      for (const answer of [async () => new globalThis.Response('export {}'), () => Promise.reject(new TypeError('refused'))]) {
        vi.stubGlobal('fetch', answer);
        stubWorker(() => undefined);
        const failed = expect(connector(SCRIPT, true)(recorder().listener)).rejects.toMatchObject({ code: 'network' });
        await vi.advanceTimersByTimeAsync(21_000);
        await failed;
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it('so does a page that may not have any', async () => {
    vi.stubGlobal(
      'Worker',
      class {
        constructor() {
          throw new DOMException('another origin', 'SecurityError');
        }
      },
    );
    const { listener, responses } = recorder();
    (await connector(SCRIPT, true)(listener)).post(REQUEST);
    expect(responses).toHaveLength(1);
  });
});
