/** A bundle whose index is in parts: what is fetched, and that the answers are those of one file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import type { Engine, SearchResult } from '../engine/types.ts';
import { buildBundle, CORPUS, serve } from '../program.ts';
import type { Served } from '../program.ts';
import { expect, test } from './fixtures.ts';

/** Plain, several words, run together, a phrase, a slip, pinyin, initials, nothing. */
const QUERIES = ['文渡桥', '图书馆 停电', '老街夜市', '“夜市”', '文度桥', 'wenduqiao', 'tsg', '的', '量子纠缠望远镜', ''];

let folder: string;
let served: Served;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'souwen-parts-'));
  const config = path.join(folder, 'souwen.toml');
  writeFileSync(config, '[bundle]\nsingle_file = 0\npart = 16384\n');
  buildBundle(CORPUS, path.join(folder, 'whole/search'));
  buildBundle(CORPUS, path.join(folder, 'parts/search'), config);
  served = await serve(folder);
});

test.afterAll(() => {
  served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An empty page under a bundle's folder, with an engine. */
async function openIn(page: Page, name: 'whole' | 'parts'): Promise<void> {
  const url = `${served.url}${name}/own.html`;
  await page.route(url, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html><link rel="icon" href="data:,">' }),
  );
  await page.goto(url);
  await page.evaluate(async () => {
    const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as { open(url: string): Promise<Engine> };
    Object.assign(window, { engine: await open('search/') });
  });
}

interface Asked {
  readonly answer?: Omit<SearchResult, 'tookMs'>;
  readonly suggestions?: unknown;
  readonly article?: unknown;
  readonly code?: string;
}

/** What the engine says to a query, and of its first hit, without the time that it took. */
const ask = (page: Page, query: string): Promise<Asked> =>
  page.evaluate(async (own) => {
    const { engine } = window as unknown as { engine: Engine };
    try {
      const { tookMs, ...answer } = await engine.search(own);
      const suggestions = await engine.suggest(own);
      const first = answer.hits[0];
      return { answer, suggestions, article: first ? await engine.document(first.id) : null };
    } catch (error) {
      return { code: (error as { code?: string }).code ?? String(error) };
    }
  }, query);

async function answers(page: Page, queries: readonly string[]): Promise<Asked[]> {
  const all: Asked[] = [];
  for (const query of queries) all.push(await ask(page, query));
  return all;
}

/** The requests for parts from now on: whole, or a range. */
function watch(context: BrowserContext): { whole: number; ranges: number } {
  const seen = { whole: 0, ranges: 0 };
  context.on('request', (request) => {
    if (!request.url().includes('/part-')) return;
    if (request.headers()['range']) seen.ranges += 1;
    else seen.whole += 1;
  });
  return seen;
}

async function expected(context: BrowserContext): Promise<Asked[]> {
  const page = await context.newPage();
  await openIn(page, 'whole');
  const all = await answers(page, QUERIES);
  await page.close();
  expect(all.filter(({ answer }) => (answer?.total ?? 0) > 0).length).toBeGreaterThan(7);
  return all;
}

test('answers are those of one file, in any order, from ranges alone', async ({ page, context }) => {
  const whole = await expected(context);
  const seen = watch(context);
  await openIn(page, 'parts');
  expect(await answers(page, QUERIES)).toEqual(whole);
  const fetched = seen.ranges;
  expect(seen.whole).toBe(0);
  expect(fetched).toBeGreaterThan(20);
  // Once more: nothing is fetched again. Then from the other end, in an engine that has nothing.
  expect(await answers(page, QUERIES)).toEqual(whole);
  expect(seen.ranges).toBe(fetched);
  await openIn(page, 'parts');
  expect(await answers(page, [...QUERIES].reverse())).toEqual([...whole].reverse());
});

test('a host without ranges gives whole parts, each once', async ({ page, context }) => {
  const whole = await expected(context);
  const asked: string[] = [];
  await context.route('**/part-*.souwen', async (route) => {
    asked.push(route.request().url());
    const { range: _, ...headers } = route.request().headers();
    await route.continue({ headers });
  });
  await openIn(page, 'parts');
  expect(await answers(page, QUERIES)).toEqual(whole);
  // The first answer may ask for several ranges of a part before it knows the host.
  const later = asked.length;
  expect(await answers(page, QUERIES)).toEqual(whole);
  expect(asked).toHaveLength(later);
});

test('what was fetched answers offline, the rest once all is downloaded', async ({ page, context, complaints }) => {
  const whole = await expected(context);
  const first = whole[0] ?? {};
  await openIn(page, 'parts');
  expect(await ask(page, '文渡桥')).toEqual(first);
  // What comes behind the first answer, and what is put away while the page goes on.
  await page.evaluate(() => (window as unknown as { engine: Engine }).engine.related('文渡桥'));
  await page.waitForTimeout(1000);
  await context.setOffline(true);
  expect(await ask(page, '文渡桥')).toEqual(first);
  expect(await ask(page, '图书馆 停电')).toEqual({ code: 'network' });
  await context.setOffline(false);
  complaints.length = 0;
  const progress = await page.evaluate(async () => {
    const { engine } = window as unknown as { engine: Engine };
    const told: number[] = [];
    await engine.download({ onProgress: ({ loaded, total }) => told.push(loaded / total) });
    return told;
  });
  expect(progress.at(-1)).toBe(1);
  await context.setOffline(true);
  expect(await answers(page, QUERIES)).toEqual(whole);
});

test('a range that comes damaged is asked for again, and told when it stays so', async ({ page, context }) => {
  const whole = await expected(context);
  let damages = 1;
  await context.route('**/part-*.souwen', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    if (damages > 0) body[0] = (body[0] ?? 0) ^ 1;
    damages -= 1;
    await route.fulfill({ response, body });
  });
  await openIn(page, 'parts');
  expect(await ask(page, '文渡桥')).toEqual(whole[0]);
  damages = 1e6;
  expect(await ask(page, '图书馆 停电')).toEqual({ code: 'bundle-damaged' });
  damages = 0;
  expect(await ask(page, '图书馆 停电')).toEqual(whole[1]);
});
