import { describe, expect, it, vi } from 'vitest';
import { openWith } from './client.ts';
import { SouwenError } from './errors.ts';
import { fakeWasm, newLog } from './testing/fake-wasm.ts';
import type { Fault } from './testing/fake-wasm.ts';
import { localHosts } from './testing/local-host.ts';
import { sampleArticle } from './testing/samples.ts';
import type { Connect } from './transport.ts';
import type { Article, Engine } from './types.ts';

const ARTICLES: Article[] = [
  sampleArticle('a', { title: '河水清了', date: '2020-01-02', paragraphs: ['河道里的垃圾清走了。'], tags: ['河长', '环保'] }),
  sampleArticle('b', { title: '路灯亮了', date: '2020-01-01', paragraphs: ['河边的路灯修好了。'] }),
];

async function opened(faults: Fault[] = []) {
  const log = newLog();
  const engine = await openWith(localHosts(fakeWasm(ARTICLES, faults, log)));
  return { engine, log };
}

const code = (expected: string) => expect.objectContaining({ name: 'SouwenError', code: expected });

describe('an opened engine', () => {
  it('answers queries, suggestions, documents and its own description', async () => {
    const { engine } = await opened();
    const found = await engine.search('路灯');
    expect(found.hits.map((hit) => hit.id)).toEqual(['b']);
    expect(found.hits[0]?.title.marks).toEqual([[0, 2]]);
    expect(await engine.suggest('河', { limit: 1 })).toEqual([{ text: '河水清了', kind: 'title', id: 'a' }]);
    expect(await engine.document('b')).toEqual(ARTICLES[1]);
    expect(await engine.info()).toMatchObject({ articles: 2 });
  });

  it('names related searches, so many as are asked for', async () => {
    const { engine } = await opened();
    expect(await engine.related('河水')).toEqual(['河长', '环保']);
    expect(await engine.related('河水', { limit: 1 })).toEqual(['河长']);
    expect(await engine.related('路灯')).toEqual([]);
  });

  it('says which correction it has applied, and answers as typed when asked to', async () => {
    const { engine } = await opened();
    const corrected = await engine.search('何水');
    expect(corrected.hits.map((hit) => hit.id)).toEqual(['a']);
    expect(corrected.corrections).toEqual([{ query: '河水', reason: 'sound', applied: true }]);
    const asTyped = await engine.search('何水', { correct: false });
    expect(asTyped.hits).toEqual([]);
    expect(asTyped.corrections).toEqual([{ query: '河水', reason: 'sound', applied: false }]);
  });

  it('loads all of itself only for what its first part cannot answer, and a moment after an answer', async () => {
    const { engine, log } = await opened();
    expect((await engine.search('路灯')).total).toBe(1);
    expect(log.completed).toBe(0);
    await vi.waitFor(() => expect(log.completed).toBe(1), { timeout: 5000 });
    const asks = [
      (own: Engine) => own.search('何水'),
      (own: Engine) => own.suggest('河'),
      (own: Engine) => own.related('河水'),
      (own: Engine) => own.document('b'),
    ];
    for (const ask of asks) {
      const { engine, log } = await opened();
      await ask(engine);
      await ask(engine);
      expect(log).toMatchObject({ opened: 1, completed: 1 });
    }
  });

  it('keeps what was fetched once all of it is there, and not before the page has its answer', async () => {
    const { engine, log } = await opened();
    await engine.search('路灯');
    expect(log).toMatchObject({ completed: 0, kept: 0 });
    for (const kept of [1, 2]) {
      await vi.waitFor(() => expect(log.kept).toBe(kept), { timeout: 5000 });
      await engine.search('河水');
    }
  });

  it('opens without what was fetched early where that cannot be sent', async () => {
    const log = newLog();
    const early = async () => ({ manifest: (() => 'no plain data') as never });
    const engine = await openWith(localHosts(fakeWasm(ARTICLES, [], log)), undefined, early);
    expect((await engine.search('路灯')).total).toBe(1);
    expect(log.opened).toBe(1);
  });

  it('reports the progress of a download', async () => {
    const { engine } = await opened();
    const seen: unknown[] = [];
    await engine.download({ onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([{ loaded: 1, total: 2 }, { loaded: 2, total: 2 }]);
  });

  it('answers calls made at once each with its own answer', async () => {
    const { engine } = await opened();
    const answers = await Promise.all(['河水', '路灯', '没有'].map((query) => engine.search(query)));
    expect(answers.map((answer) => answer.hits.map((hit) => hit.id))).toEqual([['a'], ['b'], []]);
  });
});

describe('errors', () => {
  it('cross as SouwenError with their code', async () => {
    const { engine } = await opened();
    const failure = engine.document('none');
    await expect(failure).rejects.toBeInstanceOf(SouwenError);
    await expect(failure).rejects.toEqual(code('not-found'));
    await expect(engine.search('x', { limit: 1001 })).rejects.toEqual(code('invalid-argument'));
  });

  it('come at once for arguments of the wrong type', async () => {
    const { engine, log } = await opened();
    await expect(engine.search(7 as unknown as string)).rejects.toEqual(code('invalid-argument'));
    await expect(engine.related(7 as unknown as string)).rejects.toEqual(code('invalid-argument'));
    await expect(engine.search('x', { filters: { bad: (() => 0) as never } })).rejects.toEqual(code('invalid-argument'));
    await expect(openWith(localHosts(fakeWasm([])), 7 as never)).rejects.toEqual(code('invalid-argument'));
    expect(log.searched).toEqual([]);
  });

  it('do not come of options that are null', async () => {
    const { engine } = await opened();
    const none = null as never;
    expect((await engine.search('河', none)).hits).not.toEqual([]);
    expect(await engine.suggest('河', none)).not.toEqual([]);
    expect(await engine.related('河', none)).not.toEqual([]);
    await expect(engine.document('none', none)).rejects.toEqual(code('not-found'));
  });

  it('come for bytes that were given away before', async () => {
    const bytes = new Uint8Array(8);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    await expect(openWith(localHosts(fakeWasm(ARTICLES)), bytes)).rejects.toEqual(code('invalid-argument'));
  });

  it('of opening reject open', async () => {
    const connect = localHosts(fakeWasm(ARTICLES));
    await expect(openWith(connect, 'https://example.org/none/')).rejects.toEqual(code('bundle-not-found'));
    await expect(openWith(connect, 'https://')).rejects.toEqual(code('invalid-argument'));
  });

  it('of a closed engine say so, for calls under way and for later ones', async () => {
    const { engine, log } = await opened();
    const underWay = engine.search('河水');
    engine.close();
    await expect(underWay).rejects.toEqual(code('closed'));
    await expect(engine.search('河水')).rejects.toEqual(code('closed'));
    expect(log.freed).toBe(1);
  });
});

describe('an aborted call', () => {
  it('rejects at once and its answer is dropped', async () => {
    const { engine } = await opened();
    const controller = new AbortController();
    const search = engine.search('河水', { signal: controller.signal });
    controller.abort();
    await expect(search).rejects.toMatchObject({ name: 'AbortError' });
    expect((await engine.search('路灯')).hits).toHaveLength(1);
  });

  it('that has not begun never begins', async () => {
    const { engine, log } = await opened();
    const stale = ['河', '河水', '河水清'].map((query) => {
      const controller = new AbortController();
      const search = engine.search(query, { signal: controller.signal });
      search.catch(() => undefined);
      return { controller, search };
    });
    const last = engine.search('河水清了');
    for (const { controller } of stale) controller.abort();
    await last;
    expect(log.searched).toEqual(['河水清了']);
  });

  it('with a signal that has aborted before is not sent', async () => {
    const { engine, log } = await opened();
    await expect(engine.search('河', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(log.searched).toEqual([]);
  });
});

describe('a crash', () => {
  it('costs a query nothing: a fresh instance answers it', async () => {
    const { engine, log } = await opened([{ query: '河水', times: 1 }]);
    expect((await engine.search('河水')).hits.map((hit) => hit.id)).toEqual(['a']);
    expect(log.opened).toBe(2);
  });

  it('twice in one query rejects that query only', async () => {
    const { engine, log } = await opened([{ query: '河水', times: 2 }]);
    const [bad, good] = await Promise.allSettled([engine.search('河水'), engine.search('路灯')]);
    expect(bad).toMatchObject({ status: 'rejected', reason: code('engine-crashed') });
    expect(good).toMatchObject({ status: 'fulfilled', value: { total: 1 } });
    expect((await engine.search('河水')).total).toBe(1);
    expect(log.opened).toBe(3);
  });

  it('while opening is tried once more, then reported', async () => {
    const log = newLog();
    const connect = localHosts(fakeWasm(ARTICLES, [], log));
    await expect(openWith(connect, 'https://example.org/trap/')).rejects.toEqual(code('engine-crashed'));
    expect(log.opened).toBe(2);
  });

  it('of the whole host is answered by another host', async () => {
    const inner = localHosts(fakeWasm(ARTICLES));
    const terminate = vi.fn();
    let kill: (() => void) | undefined;
    const connect: Connect = async (listener) => {
      const transport = await inner(listener);
      const first = kill === undefined;
      kill ??= () => listener.died('out of memory');
      return {
        post: (request) => {
          if (first && request.type === 'call' && request.call.name === 'search') kill?.();
          else transport.post(request);
        },
        terminate: () => (terminate(), transport.terminate()),
      };
    };
    const engine = await openWith(connect);
    expect((await engine.search('路灯')).total).toBe(1);
    expect(terminate).toHaveBeenCalledTimes(1);
  });
});
