/**
 * A page that is closed while it downloads the next deploy: what works without a network then is the old deploy or the
 * new one, and never a third. `SOUWEN_LONG=1` closes it a hundred times.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext } from '@playwright/test';
import type { Engine } from '../engine/types.ts';
import { seededRandom } from '../sampling.ts';
import { answers, buildDeploys, forgive, openClient, opening } from './deploys.ts';
import type { Asked, Deploys } from './deploys.ts';
import { expect, test } from './fixtures.ts';
import { UnrulyServer } from './unruly-server.ts';

const TIMES = process.env['SOUWEN_LONG'] ? 100 : 5;

let deploys: Deploys;
let server: UnrulyServer;
test.beforeAll(async () => {
  deploys = buildDeploys();
  server = await UnrulyServer.start(deploys.old);
  // The scripts come out of the browser's cache where there is no network.
  server.lasting = true;
});
test.afterAll(() => {
  server?.stop();
  deploys?.remove();
});

/** Downloads a deploy in a page of its own, and says what it answers to everything. */
async function download(context: BrowserContext, folder: string): Promise<Asked[]> {
  server.folder = folder;
  const page = await context.newPage();
  await openClient(page, server);
  await page.evaluate(() => (window as unknown as { engine: Engine }).engine.download());
  const all = await answers(page);
  await page.close();
  return all;
}

/** Downloads the next deploy in a page that is closed so many milliseconds after it was opened. */
async function breakOff(context: BrowserContext, after: number): Promise<void> {
  server.folder = deploys.next;
  const page = await context.newPage();
  await page.goto(`${server.url}client.html`);
  await page.evaluate(() => {
    void (async () => {
      const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as { open(url: string): Promise<Engine> };
      await (await open('search/')).download();
    })();
  });
  await page.waitForTimeout(after);
  await page.close();
}

/** What is answered without a network. */
async function offline(context: BrowserContext): Promise<Asked[]> {
  await context.setOffline(true);
  const page = await context.newPage();
  const failed = await opening(page, server);
  const all = failed.code === undefined ? await answers(page) : [failed];
  await page.close();
  await context.setOffline(false);
  return all;
}

/** The same from nothing, with how long it takes to download the next deploy. */
async function measured(browser: Browser): Promise<{ old: Asked[]; next: Asked[]; took: number }> {
  const context = await browser.newContext();
  const old = await download(context, deploys.old);
  const began = Date.now();
  const next = await download(context, deploys.next);
  await context.close();
  return { old, next, took: Date.now() - began };
}

test(`a download that is killed ${TIMES} times leaves the old deploy or the new one`, async ({ browser, complaints }) => {
  test.setTimeout(60_000 + TIMES * 15_000);
  const { old, next, took } = await measured(browser);
  const random = seededRandom(41);
  const context = await browser.newContext();
  const seen = { old: 0, next: 0 };
  for (let time = 0; time < TIMES; time += 1) {
    expect(await download(context, deploys.old)).toEqual(old);
    const after = random(took);
    await breakOff(context, after);
    const left = await offline(context);
    const told = `killed after ${after} ms`;
    const state = same(left, old) ? 'old' : 'next';
    expect(left, told).toEqual(state === 'old' ? old : next);
    seen[state] += 1;
  }
  // And then it can be finished.
  expect(await download(context, deploys.next)).toEqual(next);
  expect(await offline(context)).toEqual(next);
  expect(await kept(context)).toEqual(readdirSync(deploys.next).filter(isDeployed).sort());
  await context.close();
  console.log(`what was left: ${JSON.stringify(seen)}, of a download that takes ${took} ms`);
  forgive(complaints);
});

/** The names of what is kept, without ranges. */
async function kept(context: BrowserContext): Promise<string[]> {
  const page = await context.newPage();
  await page.goto(`${server.url}client.html`);
  const urls = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('souwen-'));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url);
  });
  await page.close();
  const names = urls.filter((url) => !url.includes('?')).map((url) => path.basename(url));
  return [...new Set(names)].filter(isDeployed).sort();
}

/** Whether a file's content names it. */
function isDeployed(name: string): boolean {
  return /-[0-9a-f]{12,}\.\w+$/u.test(name);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
