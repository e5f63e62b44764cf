import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Article, Engine } from '../engine/types.ts';
import { buildBundle, PAGES, serve } from '../program.ts';
import { hanPlaces, pick, runAt, seededRandom } from '../sampling.ts';
import { expect, test } from './fixtures.ts';

const DRAWS = 2000;
const SEED = 20_231_117;
const SHORTEST = 2;
const LONGEST = 6;

interface Draw {
  readonly id: string;
  readonly run: string;
}

/** Draws runs of Han characters from articles; every place where one can begin is as likely as every other. */
function draw(articles: readonly Article[]): Draw[] {
  const random = seededRandom(SEED);
  const places = articles.flatMap(({ id, title, kicker, subtitle, paragraphs, captions }) =>
    hanPlaces([title, kicker, subtitle, ...paragraphs, ...captions], LONGEST).map((place) => ({ id, place })),
  );
  return Array.from({ length: DRAWS }, () => {
    const { id, place } = pick(places, random);
    return { id, run: runAt(place, SHORTEST, random) };
  });
}

/** All articles of a bundle, by the engine in the page. */
function articlesOf(page: Page, bundle: string): Promise<Article[]> {
  return page.evaluate(async (address) => {
    const { open } = (await import(new URL('souwen.js', address).href)) as { open(url: string): Promise<Engine> };
    const engine = await open(address);
    const { hits } = await engine.search('', { limit: 1000 });
    const articles = await Promise.all(hits.map(({ id }) => engine.document(id)));
    engine.close();
    return articles;
  }, bundle);
}

/** The draws whose article is not among the hits that hold the whole query. */
function lost(page: Page, bundle: string, draws: readonly Draw[]): Promise<Draw[]> {
  return page.evaluate(
    async ({ bundle, draws }) => {
      const { open } = (await import(new URL('souwen.js', bundle).href)) as { open(url: string): Promise<Engine> };
      const engine = await open(bundle);
      const lost: Draw[] = [];
      for (const one of draws) {
        const { hits, total, relaxed } = await engine.search(one.run, { limit: 1000 });
        const rank = hits.findIndex((hit) => hit.id === one.id);
        const found = rank >= 0 && rank < (relaxed?.complete ?? total) && hits[rank]?.missing.length === 0;
        if (!found) lost.push(one);
      }
      engine.close();
      return lost;
    },
    { bundle, draws },
  );
}

async function check(page: Page, bundle: string): Promise<void> {
  const articles = await articlesOf(page, bundle);
  expect(articles.length).toBeGreaterThan(30);
  const draws = draw(articles);
  expect(draws).toHaveLength(DRAWS);
  expect(new Set(draws.map(({ run }) => run)).size).toBeGreaterThan(DRAWS / 2);
  for (let length = SHORTEST; length <= LONGEST; length += 1) {
    const count = draws.filter(({ run }) => Array.from(run).length === length).length;
    expect(count, `runs of ${length} characters`).toBeGreaterThan(DRAWS / 20);
  }
  expect(await lost(page, bundle, draws)).toEqual([]);
}

test.describe.configure({ timeout: 60_000 });

test('every run of 2 to 6 Han characters of the demo newspaper finds its article', async ({ site, page, baseURL }) => {
  await site.open();
  await check(page, new URL('search/', baseURL).href);
});

test('every run of 2 to 6 Han characters of real newspaper pages finds its article', async ({ page }) => {
  if (!existsSync(PAGES)) console.log(`skipped: there is no ${PAGES}`);
  test.skip(!existsSync(PAGES), 'the newspaper pages are not at hand');
  const folder = await mkdtemp(path.join(tmpdir(), 'souwen-recall-'));
  try {
    buildBundle(PAGES, path.join(folder, 'search'));
    await writeFile(path.join(folder, 'index.html'), '<!doctype html><link rel="icon" href="data:,"><title>召回</title>');
    const served = await serve(folder);
    try {
      await page.goto(served.url);
      await check(page, new URL('search/', served.url).href);
    } finally {
      served.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
