import { describe, expect, it } from 'vitest';
import { OfflineStore } from './offline-store.ts';
import type { OfflinePlatform } from './offline-store.ts';

const BUNDLE = 'https://news.example/search/';

/** A browser with caches, by name, of addresses and bodies. */
function browser(files: Record<string, Record<string, string>>, storage?: OfflinePlatform['storage']) {
  const kept = new Map<string, string>();
  const stores = new Map(Object.entries(files).map(([name, inside]) => [name, new Map(Object.entries(inside))]));
  const response = (body: string | undefined) => (body === undefined ? undefined : new Response(body));
  const caches = {
    keys: async () => [...stores.keys()],
    match: async (url: string) => response([...stores.values()].map((store) => store.get(url)).find((body) => body !== undefined)),
    open: async (name: string) => ({
      keys: async () => [...(stores.get(name)?.keys() ?? [])].map((url) => ({ url })),
      delete: async ({ url }: { url: string }) => stores.get(name)?.delete(url),
    }),
  } as unknown as CacheStorage;
  const localStorage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  return { stores, kept, platform: { caches, localStorage, storage } };
}

const manifest = (index: string): string => JSON.stringify({ index: { file: index } });

describe('OfflineStore', () => {
  it('knows nothing, some, all and an earlier deploy’s all', async () => {
    const { stores, platform } = browser({ 'souwen-1': {} });
    const store = new OfflineStore(BUNDLE, platform);
    expect(await store.state()).toBe('none');
    stores.get('souwen-1')?.set(`${BUNDLE}souwen.json`, manifest('index-1.souwen'));
    expect(await store.state()).toBe('none');
    stores.get('souwen-1')?.set(`${BUNDLE}index-1.souwen`, 'x');
    expect(await store.state()).toBe('some');
    await store.saved();
    expect(await store.state()).toBe('all');
    stores.get('souwen-1')?.set(`${BUNDLE}souwen.json`, manifest('index-2.souwen')).set(`${BUNDLE}index-2.souwen`, 'y');
    expect(await store.state()).toBe('old');
    // Whoever empties the browser's storage has nothing any more, whatever was noted.
    stores.get('souwen-1')?.clear();
    expect(await store.state()).toBe('none');
  });

  it('removes its bundle’s files, and those alone', async () => {
    const others = { 'https://news.example/other/index-1.souwen': 'x', 'https://news.example/searching': 'y' };
    const { stores, kept, platform } = browser({
      'souwen-1': { [`${BUNDLE}souwen.json`]: manifest('index-1.souwen'), [`${BUNDLE}index-1.souwen`]: 'x', ...others },
      'souwen-runtime': { [`${BUNDLE}souwen.js`]: 'x' },
      pages: { [`${BUNDLE}index.html`]: 'x' },
    });
    const store = new OfflineStore(BUNDLE, platform);
    await store.saved();
    await store.remove();
    expect(await store.state()).toBe('none');
    expect([...(stores.get('souwen-1')?.keys() ?? [])]).toEqual(Object.keys(others));
    expect([stores.get('pages')?.size, stores.get('souwen-runtime')?.size]).toEqual([1, 1]);
    expect(kept.get('souwen-offline')).toBe('{}');
  });

  it('says how much room there is, where the browser says so', async () => {
    const room = (storage?: OfflinePlatform['storage']) => new OfflineStore(BUNDLE, browser({}, storage).platform).room();
    expect(await room({ estimate: async () => ({ quota: 100, usage: 30 }) })).toBe(70);
    expect(await room({ estimate: async () => ({ quota: 100, usage: 130 }) })).toBe(0);
    expect(await room({ estimate: async () => ({}) })).toBeUndefined();
    expect(await room({ estimate: () => Promise.reject(new Error('no')) })).toBeUndefined();
    expect(await room()).toBeUndefined();
  });

  it('asks for the storage to last', async () => {
    const persist = (storage?: OfflinePlatform['storage']) => new OfflineStore(BUNDLE, browser({}, storage).platform).persist();
    expect(await persist({ persist: async () => true })).toBe(true);
    expect(await persist({ persist: () => Promise.reject(new Error('no')) })).toBe(false);
    expect(await persist()).toBe(false);
  });

  it.each(['{', '[]', 'null', '7'])('takes the note “%s” for none', async (note) => {
    const { kept, platform } = browser({ 'souwen-1': { [`${BUNDLE}souwen.json`]: manifest('i'), [`${BUNDLE}i`]: 'x' } });
    kept.set('souwen-offline', note);
    expect(await new OfflineStore(BUNDLE, platform).state()).toBe('some');
  });

  it('has nothing where the manifest is none', async () => {
    const { platform } = browser({ 'souwen-1': { [`${BUNDLE}souwen.json`]: '<html>' } });
    expect(await new OfflineStore(BUNDLE, platform).state()).toBe('none');
  });
});
