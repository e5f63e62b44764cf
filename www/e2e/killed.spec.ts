/**
 * A page that is closed while it downloads the next deploy: what works without a network then is the old deploy or the
 * new one, and never a third. `SOUWEN_LONG=1` closes it a hundred times.
 */
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
  const seen = { old: 0, next: 0, 'next in part': 0 };
  for (let time = 0; time < TIMES; time += 1) {
    expect(await download(context, deploys.old)).toEqual(old);
    const after = random(took);
    await breakOff(context, after);
    const left = await offline(context);
    const told = `killed after ${after} ms`;
    // What the new deploy lacks yet is said to be the network's fault, and nothing is answered wrong.
    for (const [at, answer] of left.entries()) {
      if (answer.code === undefined) expect([old[at], next[at]], told).toContainEqual(answer);
      else expect(answer.code, `${told}: ${answer.message}`).toBe('network');
    }
    const matches = (deploy: Asked[]): boolean => left.length === deploy.length && left.every((answer, at) => answer.code !== undefined || same(answer, deploy[at]));
    const whole = left.length === next.length && left.every(({ code }) => code === undefined);
    const state = matches(old) && whole ? 'old' : whole ? 'next' : 'next in part';
    expect(state === 'old' || matches(next), `${told}: of one deploy alone`).toBe(true);
    seen[state] += 1;
  }
  // And then it can be finished.
  expect(await download(context, deploys.next)).toEqual(next);
  expect(await offline(context)).toEqual(next);
  await context.close();
  console.log(`what was left: ${JSON.stringify(seen)}, of a download that takes ${took} ms`);
  forgive(complaints);
});

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
