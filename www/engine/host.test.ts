import { describe, expect, it, vi } from 'vitest';
import { openWith } from './client.ts';
import { fakeWasm, newLog, wasmError } from './testing/fake-wasm.ts';
import { localHosts } from './testing/local-host.ts';
import { sampleArticle } from './testing/samples.ts';
import type { Opened, OpenWasm } from './wasm.ts';

const BUNDLE = 'https://example.org/search/';
const OLD = [sampleArticle('old', { title: '河水清了' })];
const NEW = [sampleArticle('new', { title: '河水又清了' })];

const gone = () => wasmError('bundle-damaged', 'part-1.souwen: the server answered 404');
const code = (expected: string) => expect.objectContaining({ name: 'SouwenError', code: expected });

/**
 * A site that is deployed again: an engine opened before lacks parts from then on. Of each opened engine it is told
 * whether it was freed.
 */
function site() {
  const log = newLog();
  const state = { deploys: 0, opened: 0, freed: [] as number[], broken: false };
  const openWasm: OpenWasm = async (source, early) => {
    const own = state.deploys;
    const number = (state.opened += 1);
    if (state.broken || early?.manifest === 'of the deploy before') throw gone();
    const opened = await fakeWasm(own === 0 ? OLD : NEW, [], log)(source, early);
    const { engine } = opened;
    const { free } = engine;
    let lacks = false;
    Object.assign(engine, {
      // As the package does: first it says that it lacks something, then that cannot be brought.
      searchAsTyped: () => {
        if (state.freed.includes(number)) throw new Error('null pointer passed to rust');
        lacks = own !== state.deploys || state.broken;
        return lacks ? undefined : engine.search('河水');
      },
      bring: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (lacks) throw gone();
      },
      free: () => (state.freed.push(number), free.call(engine)),
    });
    Object.assign(engine, { whole: true });
    return opened satisfies Opened;
  };
  return { state, log, connect: localHosts(openWasm) };
}

describe('a bundle that was replaced', () => {
  it('is opened anew, in the same instance, and the call is answered from it', async () => {
    const { state, connect } = site();
    const engine = await openWith(connect, BUNDLE);
    expect((await engine.search('河水')).hits[0]?.id).toBe('old');
    state.deploys = 1;
    expect((await engine.search('河水')).hits[0]?.id).toBe('new');
    expect(state).toMatchObject({ opened: 2, freed: [1] });
    expect(await engine.stats()).toMatchObject({ renewed: 1, crashes: 0 });
  });

  it('is opened once for all calls that fail at the same time', async () => {
    const { state, connect } = site();
    const engine = await openWith(connect, BUNDLE);
    state.deploys = 1;
    const answers = await Promise.all(['河', '河水', '清'].map((query) => engine.search(query)));
    expect(answers.map(({ hits }) => hits[0]?.id)).toEqual(['new', 'new', 'new']);
    expect(state).toMatchObject({ opened: 2, freed: [1] });
  });

  it('that is damaged all the same is told so, once for each call', async () => {
    const { state, connect } = site();
    const engine = await openWith(connect, BUNDLE);
    state.broken = true;
    await expect(engine.search('河水')).rejects.toEqual(code('bundle-damaged'));
    expect(state.opened).toBe(2);
    state.broken = false;
    expect((await engine.search('河水')).hits[0]?.id).toBe('old');
  });

  it('while it is being opened is opened once more, without what the page has fetched of it', async () => {
    const { state, connect } = site();
    const early = async () => ({ manifest: 'of the deploy before' });
    const engine = await openWith(connect, BUNDLE, early);
    expect(state.opened).toBe(2);
    expect((await engine.search('河水')).total).toBe(1);
    state.broken = true;
    await expect(openWith(connect, BUNDLE)).rejects.toEqual(code('bundle-damaged'));
    expect(state.opened).toBe(4);
  });

  it('does not concern an index that came as bytes', async () => {
    const { state, connect } = site();
    const engine = await openWith(connect, new Uint8Array(8));
    state.deploys = 1;
    await expect(engine.search('河水')).rejects.toEqual(code('bundle-damaged'));
    expect(state.opened).toBe(1);
  });
});

describe('an engine that breaks outside of a call', () => {
  /** Hosts of which the first `times` break as soon as they have been asked to search, and tell it without naming the call. */
  function breaking(times: number) {
    const log = newLog();
    const inner = fakeWasm(OLD, [], log);
    let left = times;
    const hosts: { fail(thrown: unknown): void }[] = [];
    const openWasm: OpenWasm = async (source, early) => {
      const opened = await inner(source, early);
      if (left-- > 0) {
        // A future that has trapped settles no promise.
        Object.assign(opened.engine, {
          searchAsTyped: () => undefined,
          bring: () => {
            setTimeout(() => hosts.at(-1)?.fail(new WebAssembly.RuntimeError('unreachable')));
            return new Promise(() => undefined);
          },
        });
      }
      return opened;
    };
    return { log, connect: localHosts(openWasm, (host) => hosts.push(host)) };
  }

  it('is replaced, and what was asked is asked again', async () => {
    const { log, connect } = breaking(1);
    const engine = await openWith(connect);
    expect((await engine.search('河水')).total).toBe(1);
    expect(log.opened).toBe(2);
    expect(await engine.stats()).toMatchObject({ crashes: 1, renewed: 0 });
  });

  it('twice rejects what was asked', async () => {
    const { log, connect } = breaking(2);
    const engine = await openWith(connect);
    await expect(engine.search('河水')).rejects.toEqual(code('engine-crashed'));
    expect((await engine.search('河水')).total).toBe(1);
    expect(log.opened).toBe(3);
  });

  it('as it keeps what was fetched is replaced before the next call', async () => {
    const log = newLog();
    const inner = fakeWasm(OLD, [], log);
    const openWasm: OpenWasm = async (source, early) => {
      const opened = await inner(source, early);
      if (log.opened === 1) Object.assign(opened.engine, { keep: () => Promise.reject(new WebAssembly.RuntimeError('unreachable')) });
      return opened;
    };
    const engine = await openWith(localHosts(openWasm));
    await engine.search('河水');
    await vi.waitFor(async () => expect(await engine.stats()).toMatchObject({ crashes: 1 }), { timeout: 5000, interval: 1500 });
    expect((await engine.search('河水')).total).toBe(1);
  });
});
