import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Article, Engine, SearchResult } from '../engine/types.ts';
import { buildBundle, CORPUS, PAGES } from '../program.ts';
import { percentile, spread, table } from './figures.ts';
import { serveIsolated } from './isolated-server.ts';
import { PACKAGE, WASM } from './package.ts';
import { benchQueries } from './queries.ts';
import type { BenchQuery } from './queries.ts';

/** Hits asked for, as the widget does. */
const LIMIT = 10;
const WARM_UPS = 20;
const ROUNDS = 100;
/** Searches in a row, for the mean that does not depend on the clock's steps. */
const BATCH = 1000;

const MEDIAN_LIMIT_MS = 1;
const BYTES_LIMIT = 255_000;

let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'souwen-bench-'));
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

test('latency and bytes', async ({ page }) => {
  const input = existsSync(PAGES) ? PAGES : CORPUS;
  const bundle = path.join(folder, 'search');
  buildBundle(input, bundle);
  const server = await serveIsolated({ '/': import.meta.dirname, '/search/': bundle, '/pkg/': PACKAGE });
  try {
    const first = await firstAnswer(page, server.url, bundle);
    const articles = await allArticles(page);
    const queries = benchQueries(articles);
    expect(queries.length).toBeGreaterThanOrEqual(40);
    const measured = await measure(page, queries);
    const means = await measureBatches(page, queries, WASM);
    checkKinds(queries, measured.map(({ answer }) => answer));

    const figures = (values: readonly number[]): string[] => [50, 95, 99].map((at) => percentile(values, at).toFixed(3));
    const head = ['kind', 'query', 'hits', `mean of ${BATCH}`, 'median', 'p95', 'p99', 'round trip', 'p95', 'p99'];
    const rows = queries.map(({ kind, query }, index) => {
      const { answer, engine, roundTrip } = measured[index] ?? { answer: undefined, engine: [], roundTrip: [] };
      const mean = (means[index] ?? Number.NaN).toFixed(3);
      return [kind, short(query), String(answer?.total), mean, ...figures(engine), ...figures(roundTrip)];
    });
    const engine = measured.flatMap((one) => one.engine);
    const roundTrip = measured.flatMap((one) => one.roundTrip);
    const report = [
      `${path.basename(input)}: ${articles.length} articles, ${queries.length} queries, ${ROUNDS} rounds; milliseconds`,
      table([head, ...rows]),
      '',
      table([['gzip -9', 'file loaded before the first answer'], ...first.files.map(({ name, gzip }) => [String(gzip), name])]),
      '',
      `first answer: ${first.ms.toFixed(0)} ms after the page began to load, from a server on this machine`,
      `loaded before it: ${first.bytes} bytes in gzip -9 (limit ${BYTES_LIMIT})`,
      `in the engine, means of ${BATCH} in a row: ${spread(means)}`,
      `round trip from the page: ${spread(roundTrip)}`,
      `in the engine: ${spread(engine)} (limit: median ${MEDIAN_LIMIT_MS} ms)`,
    ];
    console.log(`\n${report.join('\n')}`);
  } finally {
    server.stop();
  }
});

/** Loads a page with the element in it, searches, and counts what was loaded for that. */
async function firstAnswer(page: Page, url: string, bundle: string) {
  const names = new Set<string>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/search/')) names.add(pathname.slice('/search/'.length));
  });
  await page.goto(url);
  const ms = await page.evaluate(async () => {
    await customElements.whenDefined('souwen-search');
    const element = document.querySelector('souwen-search');
    const answered = new Promise<number>((resolve) => {
      element?.addEventListener('souwen-search', () => resolve(performance.now()), { once: true });
    });
    await element?.search('社区');
    return answered;
  });
  const files = await Promise.all(
    [...names].sort().map(async (name) => ({ name, gzip: gzipSync(await readFile(path.join(bundle, name)), { level: 9 }).length })),
  );
  for (const kind of ['souwen.json', 'souwen.js', '.wasm', '.souwen']) {
    expect(files.some(({ name }) => name.endsWith(kind)), `${kind} was loaded`).toBe(true);
  }
  return { ms, files, bytes: files.reduce((sum, { gzip }) => sum + gzip, 0) };
}

function allArticles(page: Page): Promise<Article[]> {
  return page.evaluate(async () => {
    const engine = await document.querySelector('souwen-search')?.whenReady();
    const { hits = [] } = (await engine?.search('', { limit: 1000 })) ?? {};
    return Promise.all(hits.map(({ id }) => (engine as Engine).document(id)));
  });
}

interface Measured {
  readonly answer: SearchResult;
  /** The engine's own count, in the worker. */
  readonly engine: number[];
  readonly roundTrip: number[];
}

/** Asks the element's engine, in its worker, every query once a round. */
async function measure(page: Page, queries: readonly BenchQuery[]): Promise<Measured[]> {
  const isolated = [await page.evaluate(() => crossOriginIsolated)];
  for (const worker of page.workers()) isolated.push(await worker.evaluate(() => crossOriginIsolated));
  expect(isolated, 'page and worker have the exact clock').toEqual([true, true]);
  return page.evaluate(
    async ({ queries, warmUps, rounds, limit }) => {
      const engine = (await document.querySelector('souwen-search')?.whenReady()) as Engine;
      const measured: Measured[] = [];
      for (const { query } of queries) {
        for (let time = 1; time < warmUps; time += 1) await engine.search(query, { limit });
        measured.push({ answer: await engine.search(query, { limit }), engine: [], roundTrip: [] });
      }
      for (let round = 0; round < rounds; round += 1) {
        for (const [index, { query }] of queries.entries()) {
          const start = performance.now();
          const { tookMs } = await engine.search(query, { limit });
          measured[index]?.roundTrip.push(performance.now() - start);
          measured[index]?.engine.push(tookMs);
        }
      }
      return measured;
    },
    { queries, warmUps: WARM_UPS, rounds: ROUNDS, limit: LIMIT },
  );
}

/** The mean of each query over many searches in a row, in a worker that calls the wasm class itself. */
async function measureBatches(page: Page, queries: readonly BenchQuery[], wasm: string): Promise<number[]> {
  const { isolated, means } = await page.evaluate(
    ({ queries, wasm, times, limit }) =>
      new Promise<{ isolated: boolean; means: number[] }>((resolve, reject) => {
        const worker = new Worker('/batch-worker.js', { type: 'module' });
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = (event) => {
          worker.terminate();
          resolve(event.data as { isolated: boolean; means: number[] });
        };
        const bundle = new URL('/search/', location.href).href;
        worker.postMessage({ wasm, bundle, queries: queries.map(({ query }) => query), times, limit });
      }),
    { queries, wasm, times: BATCH, limit: LIMIT },
  );
  expect(isolated).toBe(true);
  expect(means).toHaveLength(queries.length);
  return means;
}

/** Every kind of query must have had the kind of answer that it stands for. */
function checkKinds(queries: readonly BenchQuery[], answers: readonly SearchResult[]): void {
  const relaxed = answers.filter((answer) => answer.relaxed && answer.relaxed.complete < answer.total);
  expect(relaxed.length, 'relaxed answers').toBeGreaterThan(3);
  for (const [index, { kind, query }] of queries.entries()) {
    const total = answers[index]?.total ?? 0;
    if (kind === 'nothing found') expect(total, query).toBe(0);
    else if (kind !== 'common word') expect(total, query).toBeGreaterThan(0);
  }
}

function short(query: string): string {
  const characters = Array.from(query);
  return characters.length > 12 ? `${characters.slice(0, 11).join('')}…` : query;
}
