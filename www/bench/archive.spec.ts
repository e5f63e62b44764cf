/** Search in an archive of ten thousand articles, everything loaded: the articles of `news-10k`, where they are kept. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { buildBundle, NEWS } from '../program.ts';
import { archiveQueries } from './archive-queries.ts';
import type { BenchArticle } from './archive-queries.ts';
import { percentile, table } from './figures.ts';
import { serveIsolated } from './isolated-server.ts';
import { PACKAGE, WASM } from './package.ts';

const ROUNDS = 3;
/** What the two ways of asking must not exceed: the median and the 99th percentile, in milliseconds. */
const WAYS = [
  { name: 'ten hits with snippets', options: { limit: 10 }, median: 0.5, worst: 5 },
  { name: 'matching and ranking', options: { limit: 0, facets: false }, median: 0.1, worst: 1 },
];

interface Answer {
  readonly isolated: boolean;
  readonly openMs: number;
  readonly openBytes: number;
  readonly bytes: number;
  readonly totals: readonly number[];
  /** By way, query and round. */
  readonly times: readonly (readonly (readonly number[])[])[];
}

test('ten thousand articles', async ({ page }) => {
  test.skip(!existsSync(NEWS), `${NEWS} is not there`);
  const folder = await mkdtemp(path.join(tmpdir(), 'souwen-bench-'));
  try {
    const lines = gunzipSync(await readFile(NEWS)).toString();
    const input = path.join(folder, 'news.jsonl');
    await writeFile(input, lines);
    const bundle = path.join(folder, 'search');
    const start = performance.now();
    buildBundle(input, bundle);
    const seconds = (performance.now() - start) / 1000;
    const bundleBytes = readdirSync(bundle).reduce((sum, name) => sum + statSync(path.join(bundle, name)).size, 0);

    const articles = lines.trimEnd().split('\n').map((line) => JSON.parse(line) as BenchArticle);
    const queries = archiveQueries(articles);
    const server = await serveIsolated({ '/': import.meta.dirname, '/search/': bundle, '/pkg/': PACKAGE });
    try {
      await page.goto(server.url);
      const answer = await page.evaluate(
        (message) =>
          new Promise<Answer>((resolve, reject) => {
            const worker = new Worker('/archive-worker.js', { type: 'module' });
            worker.onerror = (event) => reject(new Error(event.message));
            worker.onmessage = (event) => {
              worker.terminate();
              resolve(event.data as Answer);
            };
            worker.postMessage({ ...message, bundle: new URL('/search/', location.href).href });
          }),
        { wasm: WASM, queries: queries.map(({ query }) => query), rounds: ROUNDS, ways: WAYS.map(({ options }) => options) },
      );
      expect(answer.isolated, 'the worker has the exact clock').toBe(true);
      expect(Math.min(...answer.totals), 'every query finds what it was taken from').toBeGreaterThan(0);

      const kinds = [...new Set(queries.map(({ kind }) => kind))];
      const rows = WAYS.flatMap(({ name }, way) => {
        const of = (wanted?: string): number[] =>
          queries.flatMap(({ kind }, index) => (wanted === undefined || kind === wanted ? (answer.times[way]?.[index] ?? []) : []));
        const figures = (values: readonly number[]): string[] => [50, 95, 99].map((at) => percentile(values, at).toFixed(3));
        return [...kinds.map((kind) => [name, kind, ...figures(of(kind))]), [name, 'all', ...figures(of())]];
      });
      const limits = WAYS.map(({ name, median, worst }) => `${name} ${median} and ${worst}`).join('; ');
      const report = [
        `${path.basename(NEWS)}: ${articles.length} articles, ${queries.length} queries, ${ROUNDS} rounds; milliseconds in the worker`,
        table([['', 'kind', 'median', 'p95', 'p99'], ...rows]),
        '',
        `limits for median and p99 of all: ${limits}`,
        `built in ${seconds.toFixed(1)} s, ${bundleBytes} bytes; opened in ${answer.openMs.toFixed(0)} ms`,
        `wasm memory: ${answer.openBytes} bytes when opened, ${answer.bytes} after the queries`,
      ];
      console.log(`\n${report.join('\n')}`);
    } finally {
      server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
