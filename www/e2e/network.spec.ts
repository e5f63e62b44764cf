/** A network that fails, stands still, is slow or goes away: the right answer in the end, or the right error; never "nothing found". */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { buildBundle } from '../program.ts';
import { answers, ask, buildDeploys, forgive, openClient, opening, rightAnswers, stats } from './deploys.ts';
import type { Asked, Deploys } from './deploys.ts';
import { expect, test } from './fixtures.ts';
import { UnrulyServer } from './unruly-server.ts';
import type { Manner } from './unruly-server.ts';

const MANIFEST = /^souwen\.json$/u;
const INDEX = /^index-/u;
const PART = /^part-/u;
const WASM = /^souwen-[0-9a-f]+\.wasm$/u;
const MORE = /^souwen-more-/u;

let deploys: Deploys;
let server: UnrulyServer;
let right: Asked[];

test.beforeAll(async ({ browser }) => {
  deploys = buildDeploys();
  right = await rightAnswers(browser, deploys.old);
});
test.afterAll(() => deploys?.remove());
test.beforeEach(async () => void (server = await UnrulyServer.start(deploys.old)));
test.afterEach(async ({ complaints }) => {
  server.stop();
  forgive(complaints);
});

const PASSING: readonly Manner[] = ['cut', 'busy'];

for (const manner of PASSING) {
  test(`what fails twice (${String(manner)}) costs an answer nothing but time`, async ({ page }) => {
    // One of the two may be the page's own attempt.
    for (const files of [MANIFEST, INDEX, WASM, MORE, PART]) server.behave(files, manner, 2);
    await openClient(page, server);
    expect(await answers(page)).toEqual(right);
    expect(await stats(page)).toMatchObject({ renewed: 0, crashes: 0 });
    expect((await stats(page)).retried).toBeGreaterThan(4);
  });
}

const FAILURES: readonly { readonly files: RegExp; readonly manner: Manner; readonly message: RegExp }[] = [
  { files: MANIFEST, manner: 'busy', message: /souwen\.json: the server answered 503/u },
  { files: MANIFEST, manner: 'cut', message: /souwen\.json: the transfer broke off/u },
  { files: INDEX, manner: 'busy', message: /index-[0-9a-f]+\.souwen: the server answered 503/u },
  { files: INDEX, manner: 'cut', message: /index-[0-9a-f]+\.souwen: the transfer broke off/u },
  { files: WASM, manner: 'busy', message: /souwen-[0-9a-f]+\.wasm answered 503/u },
  { files: WASM, manner: 'cut', message: /souwen-[0-9a-f]+\.wasm broke off/u },
];

for (const { files, manner, message } of FAILURES) {
  test(`opening, where ${files.source} keeps failing (${String(manner)}), fails as the network's fault, and works when it is over`, async ({ page }) => {
    server.behave(files, manner);
    expect(await opening(page, server)).toEqual({ code: 'network', message: expect.stringMatching(message) });
    server.calm();
    await openClient(page, server);
    expect(await ask(page, '文渡桥')).toEqual(right[0]);
  });
}

for (const files of [PART, MORE]) {
  for (const manner of PASSING) {
    test(`a query, where ${files.source} keeps failing (${String(manner)}), fails as the network's fault, and is answered when it is over`, async ({ page }) => {
      await openClient(page, server);
      server.behave(files, manner);
      expect(await ask(page, 'wenduqiao')).toMatchObject({ code: 'network' });
      server.calm();
      expect(await answers(page)).toEqual(right);
    });
  }
}

test.describe('a line that stands still', () => {
  test.slow();

  test('is broken off, and what it was to bring is asked for again', async ({ page }) => {
    server.behave(WASM, 'still', 1);
    server.behave(PART, 'silent', 1);
    await openClient(page, server);
    expect(await answers(page)).toEqual(right);
    expect((await stats(page)).retried).toBeGreaterThan(0);
  });

  test('for good is told as the network’s fault', async ({ page }) => {
    await openClient(page, server);
    server.behave(PART, 'still');
    const began = Date.now();
    expect(await ask(page, '文渡桥')).toMatchObject({ code: 'network', message: expect.stringMatching(/part-[0-9a-f]+\.souwen: the transfer broke off/u) });
    expect(Date.now() - began).toBeLessThan(40_000);
    server.calm();
    expect(await answers(page)).toEqual(right);
  });

  test('when a bundle is opened holds nothing up for ever', async ({ page }) => {
    server.behave(INDEX, 'silent');
    expect(await opening(page, server)).toMatchObject({ code: 'network' });
  });
});

test('a slow line is not a broken one: what takes longer than a stall is not broken off', async ({ page }) => {
  test.slow();
  const folder = mkdtempSync(path.join(tmpdir(), 'souwen-slow-'));
  try {
    // Characters in no order, which cannot be packed: an index of one file that takes longer than ten seconds.
    const text = (article: number): string =>
      Array.from({ length: 2000 }, (_, at) => String.fromCharCode(0x4e00 + ((article * 7919 + at * at * 31 + at * 17) % 6000))).join('');
    const lines = Array.from({ length: 150 }, (_, article) => JSON.stringify({ id: `a${article}`, title: `第${article}篇棠川`, paragraphs: [text(article)] }));
    writeFileSync(path.join(folder, 'slow.jsonl'), `${lines.join('\n')}\n`);
    writeFileSync(path.join(folder, 'souwen.toml'), '[bundle]\nsingle_file = 33554432\n');
    buildBundle(path.join(folder, 'slow.jsonl'), path.join(folder, 'search'), path.join(folder, 'souwen.toml'));
    server.folder = path.join(folder, 'search');
    server.behave(INDEX, 'slow');
    const began = Date.now();
    await openClient(page, server);
    expect(Date.now() - began).toBeGreaterThan(10_500);
    expect((await ask(page, '棠川')).answer?.total).toBe(150);
    expect(server.asked.filter((name) => INDEX.test(name))).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The element, of which every word that it shows is kept in mind. */
async function openElement(page: Page): Promise<{ box: Locator; said: () => Promise<string>; errors: () => Promise<{ code: string; message: string }[]> }> {
  await page.goto(`${server.url}element.html`);
  const box = page.locator('souwen-search');
  await box.locator('input[role=combobox]').waitFor();
  await box.evaluate((host) => {
    const seen = { said: '', errors: [] as unknown[] };
    Object.assign(window, { seen });
    new MutationObserver(() => (seen.said += host.shadowRoot?.textContent ?? '')).observe(host.shadowRoot!, { subtree: true, childList: true, characterData: true });
    host.addEventListener('souwen-error', (event) => {
      const { code, message } = (event as CustomEvent<{ error: { code: string; message: string } }>).detail.error;
      seen.errors.push({ code, message });
    });
  });
  return {
    box,
    said: () => page.evaluate(() => (window as unknown as { seen: { said: string } }).seen.said),
    errors: () => page.evaluate(() => (window as unknown as { seen: { errors: { code: string; message: string }[] } }).seen.errors),
  };
}

/** What the element says where nothing was found. */
const NOTHING = '没有找到与';

for (const [files, manner, code, told] of [
  [PART, 'cut', 'network', '网络不通'],
  [PART, 'busy', 'network', '网络不通'],
  [INDEX, 'short', 'bundle-damaged', '搜索数据不完整'],
  [PART, 'gone', 'bundle-damaged', '搜索数据不完整'],
  [PART, 'page', 'bundle-damaged', '搜索数据不完整'],
  [MORE, 'cut', 'network', '网络不通'],
  [MANIFEST, 'page', 'bundle-not-found', '没有找到搜索数据'],
] as const) {
  test(`the element tells what is wrong where ${files.source} is ${manner}, never that there is nothing, and goes on when asked to`, async ({ page }) => {
    server.behave(files, manner);
    const { box, said, errors } = await openElement(page);
    await box.locator('input[role=combobox]').fill('wenduqiao');
    const error = box.locator('[part=error]');
    await expect(error).toContainText(told, { timeout: 20_000 });
    expect(await errors()).toEqual([{ code, message: expect.stringMatching(/search\//u) }]);
    server.calm();
    await box.getByRole('button', { name: '重试' }).click();
    await expect(box.locator('.hit').first()).toContainText('文渡桥');
    expect(await said()).not.toContain(NOTHING);
  });
}

test('a network that goes away in the middle of a query is told at once, and the query answered when it is back', async ({ page, context }) => {
  const { box, said, errors } = await openElement(page);
  await box.locator('input[role=combobox]').fill('图书馆');
  await expect(box.locator('.hit').first()).toBeVisible();
  await page.waitForTimeout(1500);
  server.behave(PART, 'silent');
  const asked = server.asked.length;
  await box.locator('input[role=combobox]').fill('老街夜市');
  await expect.poll(() => server.asked.length).toBeGreaterThan(asked);
  await context.setOffline(true);
  await expect(box.locator('[part=error]')).toContainText('网络不通', { timeout: 5000 });
  expect(await errors()).toEqual([{ code: 'network', message: expect.stringMatching(/part-[0-9a-f]+\.souwen: could not be reached/u) }]);
  server.calm();
  await context.setOffline(false);
  await box.getByRole('button', { name: '重试' }).click();
  await expect(box.locator('.hit').first()).toContainText('夜市');
  expect(await said()).not.toContain(NOTHING);
});

test('without a network nothing is waited for', async ({ page, context }) => {
  await openClient(page, server);
  expect(await ask(page, '文渡桥')).toEqual(right[0]);
  await context.setOffline(true);
  const began = Date.now();
  expect(await ask(page, '图书馆 停电')).toMatchObject({ code: 'network' });
  expect(Date.now() - began).toBeLessThan(1000);
});
