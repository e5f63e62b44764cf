import { describe, expect, it } from 'vitest';
import type { DownloadProgress, Engine } from '../engine/types.ts';
import type { Host } from './element.ts';
import { OfflineController } from './offline-controller.ts';
import type { OfflineState, OfflineStore } from './offline-store.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** A bundle of three files of 100 bytes, which a download brings when it is let go on. */
function offered(free?: number) {
  const log: string[] = [];
  let files = 0;
  let kept: OfflineState = 'some';
  let fails: unknown;
  const another = async (): Promise<Engine> => {
    let closed = false;
    return {
      download: async ({ onProgress }: { onProgress: (progress: DownloadProgress) => void }) => {
        for (let file = 1; file <= 3; file += 1) {
          await turn();
          if (closed) throw new Error('closed');
          if (fails && file > files) throw fails;
          files = Math.max(files, file);
          onProgress({ loaded: file * 100, total: 300 });
        }
      },
      close: () => {
        closed = true;
        log.push('closed');
      },
    } as unknown as Engine;
  };
  const store = {
    state: async () => kept,
    saved: async () => void (kept = 'all'),
    remove: async () => void (kept = 'none'),
    room: async () => free,
    persist: async () => log.push('persist') > 0,
  } as unknown as OfflineStore;
  const host = Object.assign(new EventTarget(), { requestUpdate: () => undefined, addController: () => undefined }) as unknown as Host;
  host.addEventListener('souwen-offline', (event) => log.push(`told ${(event as CustomEvent<{ state: string }>).detail.state}`));
  const engine = async (): Promise<Engine> => ({ download: async () => log.push('known again') }) as unknown as Engine;
  const offline = new OfflineController(host, { store: () => store, engine, another });
  return { offline, log, host, fail: (error: unknown) => (fails = error) };
}

describe('OfflineController', () => {
  it('says how large everything is before it is downloaded', async () => {
    const { offline, log } = offered();
    await offline.look();
    expect(offline).toMatchObject({ state: 'some', step: 'idle', total: 300, loaded: 0 });
    expect(log).toEqual(['closed']);
    await offline.look();
    expect(log).toEqual(['closed']);
  });

  it('downloads, asks the browser to keep it, and tells', async () => {
    const { offline, log } = offered();
    await offline.look();
    await offline.save();
    expect(offline).toMatchObject({ state: 'all', step: 'idle' });
    expect(log).toEqual(['closed', 'persist', 'closed', 'told all', 'known again']);
  });

  it('stops when paused, and goes on from there', async () => {
    const { offline, host } = offered();
    await offline.look();
    host.requestUpdate = () => {
      if (offline.step === 'saving' && offline.loaded === 100) offline.pause();
    };
    await offline.save();
    expect(offline).toMatchObject({ step: 'paused', fault: undefined, loaded: 100 });
    host.requestUpdate = () => undefined;
    await offline.save();
    expect(offline.state).toBe('all');
  });

  it('says what has broken it off, and goes on when asked', async () => {
    const { offline, fail } = offered();
    await offline.look();
    const network = Object.assign(new Error('gone'), { code: 'network' });
    fail(network);
    await offline.save();
    expect(offline).toMatchObject({ step: 'paused', fault: { error: network }, loaded: 100 });
    fail(undefined);
    await offline.save();
    expect(offline).toMatchObject({ state: 'all', step: 'idle', fault: undefined });
  });

  it('does not begin where there is too little room', async () => {
    const { offline, log } = offered(299);
    await offline.look();
    await offline.save();
    expect(offline).toMatchObject({ step: 'paused', fault: { free: 299 }, state: 'some' });
    expect(log.filter((entry) => entry.startsWith('told'))).toEqual([]);
  });

  it('removes what it has', async () => {
    const { offline, log } = offered();
    await offline.look();
    await offline.save();
    await offline.remove();
    expect(offline).toMatchObject({ state: 'none', step: 'idle', loaded: 0 });
    expect(log.filter((entry) => entry.startsWith('told'))).toEqual(['told all', 'told none']);
  });
});
