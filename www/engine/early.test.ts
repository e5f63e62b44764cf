import { afterEach, describe, expect, it, vi } from 'vitest';
import { early } from './early.ts';

/** The shortest module there is. */
const MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const WASM = { url: new URL('https://example.org/search/souwen.wasm'), bytes: MODULE.length };
const MANIFEST = JSON.stringify({ index: { file: 'index-1.souwen', bytes: 3 } });

/** Serves files by name; what is not among them is not found. Gives the list of what was asked for. */
function serving(files: Record<string, BodyInit>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string | URL) => {
    const name = String(url).replace('https://example.org/search/', '');
    asked.push(name);
    const body = files[name];
    return body === undefined ? new Response(null, { status: 404 }) : new Response(body);
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('what is fetched early', () => {
  it('is the module, the manifest and the index, whichever way the bundle is named', async () => {
    const asked = serving({ 'souwen.wasm': MODULE, 'souwen.json': MANIFEST, 'index-1.souwen': 'abc' });
    for (const source of ['https://example.org/search/', 'https://example.org/search?a=/', 'https://example.org/search/souwen.json#b']) {
      const { module, manifest, index } = await early(source, WASM);
      expect(module).toBeInstanceOf(WebAssembly.Module);
      expect(manifest).toBe(MANIFEST);
      expect(index).toEqual(new TextEncoder().encode('abc'));
      expect(asked.splice(0).sort()).toEqual(['index-1.souwen', 'souwen.json', 'souwen.wasm']);
    }
  });

  it('is not an index that the cache has, or that is large', async () => {
    const asked = serving({ 'souwen.wasm': MODULE, 'souwen.json': MANIFEST });
    vi.stubGlobal('caches', { has: async () => true, match: async () => new Response('abc') });
    expect((await early('https://example.org/search/', WASM)).index).toBeUndefined();
    vi.unstubAllGlobals();
    const large = JSON.stringify({ index: { file: 'index-1.souwen', bytes: 5 << 20 } });
    asked.push(...serving({ 'souwen.wasm': MODULE, 'souwen.json': large }));
    expect((await early('https://example.org/search/', WASM)).manifest).toBe(large);
    expect(asked).not.toContain('index-1.souwen');
  });

  it('is not looked for in a cache that does not exist', async () => {
    serving({ 'souwen.wasm': MODULE, 'souwen.json': MANIFEST, 'index-1.souwen': 'abc' });
    const match = vi.fn(async () => undefined);
    for (const [exists, looked] of [[false, 0], [true, 1]] as const) {
      vi.stubGlobal('caches', { has: async (name: string) => name === 'souwen-1' && exists, match });
      const { fresh, index } = await early('https://example.org/search/', WASM);
      expect([fresh, index?.length, match.mock.calls.length]).toEqual([!exists, 3, looked]);
    }
    // Nor where there is no Cache Storage, or where it is not known what it has.
    vi.stubGlobal('caches', undefined);
    expect(await early('https://example.org/search/', WASM)).toMatchObject({ fresh: true });
    vi.stubGlobal('caches', { has: () => Promise.reject(new Error('SecurityError')), match });
    expect(await early('https://example.org/search/', WASM)).toMatchObject({ fresh: false });
  });

  it('is nothing of a bundle for an index that came as bytes', async () => {
    const asked = serving({ 'souwen.wasm': MODULE });
    expect(await early(undefined, WASM)).toEqual({ module: expect.any(WebAssembly.Module) });
    expect(asked).toEqual(['souwen.wasm']);
  });

  it('is left out where it cannot be had, and never leads out of the folder', async () => {
    serving({});
    expect(await early('https://example.org/search/', WASM)).toEqual({ module: undefined, fresh: true });
    for (const manifest of ['<!doctype html>', '{}', '{"index":{"file":"../x","bytes":3}}', '{"index":{"file":7,"bytes":3}}']) {
      const asked = serving({ 'souwen.json': manifest });
      expect(await early('https://example.org/search/', WASM)).toMatchObject({ manifest, index: undefined });
      // Of a wasm file that is not there the manifest is asked whether it should be.
      expect(new Set(asked)).toEqual(new Set(['souwen.json', 'souwen.wasm']));
    }
  });
});
