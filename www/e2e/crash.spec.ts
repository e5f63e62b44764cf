/** An engine that breaks in the middle of its work: the page gets its answer from another, or a word that there is none. */
import type { Page } from '@playwright/test';
import type { Engine } from '../engine/types.ts';
import { answers, ask, buildDeploys, openClient, rightAnswers, stats } from './deploys.ts';
import type { Asked, Deploys } from './deploys.ts';
import { expect, test } from './fixtures.ts';
import { UnrulyServer } from './unruly-server.ts';

const PART = /^part-/u;

let deploys: Deploys;
let server: UnrulyServer;
let right: Asked[];

test.beforeAll(async ({ browser }) => {
  deploys = buildDeploys();
  right = await rightAnswers(browser, deploys.old);
});
test.afterAll(() => deploys?.remove());
test.beforeEach(async () => {
  server = await UnrulyServer.start(deploys.old);
  server.fragile = true;
});
test.afterEach(() => server.stop());

/** An engine on the page's own thread. */
async function openHere(page: Page): Promise<void> {
  await page.goto(`${server.url}client.html`);
  await page.evaluate(async () => {
    const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as {
      open(url: string, options: { worker: boolean }): Promise<Engine>;
    };
    Object.assign(window, { engine: await open('search/', { worker: false }) });
  });
}

for (const [where, open] of [
  ['a worker', (page: Page) => openClient(page, server)],
  ['the page’s own thread', openHere],
] as const) {
  test(`in ${where} it is replaced, and the query answered, when it breaks as it goes on by itself`, async ({ page }) => {
    await open(page);
    server.behave(PART, 'breaking', 1);
    expect(await ask(page, '文渡桥')).toEqual(right[0]);
    expect(await stats(page)).toMatchObject({ crashes: 1, renewed: 0 });
    expect(await answers(page)).toEqual(right);
    expect(await stats(page)).toMatchObject({ crashes: 1 });
  });

  test(`in ${where} a query that breaks it twice is rejected, and the next one is answered`, async ({ page }) => {
    await open(page);
    server.behave(PART, 'breaking');
    expect(await ask(page, '文渡桥')).toEqual({ code: 'engine-crashed', message: expect.stringContaining('The search engine broke twice on this request') });
    server.calm();
    expect(await answers(page)).toEqual(right);
  });
}

test('on the page’s own thread, what the page itself leaves unhandled is its own affair', async ({ page, complaints }) => {
  await openHere(page);
  await page.evaluate(async () => {
    void Promise.reject(new WebAssembly.RuntimeError('of the page'));
    void Promise.reject(new Error('of the page'));
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  expect(await ask(page, '文渡桥')).toEqual(right[0]);
  expect(await stats(page)).toMatchObject({ crashes: 0 });
  expect(complaints.splice(0)).toEqual(['of the page', 'of the page']);
});

test('the element says so, by event and in words, and the next search is answered', async ({ page }) => {
  await page.goto(`${server.url}element.html`);
  const box = page.locator('souwen-search');
  await box.locator('input[role=combobox]').waitFor();
  const told = box.evaluate(
    (host) =>
      new Promise<{ code: string; message: string }>((resolve) => {
        host.addEventListener('souwen-error', (event) => {
          const { code, message } = (event as CustomEvent<{ error: { code: string; message: string } }>).detail.error;
          resolve({ code, message });
        });
      }),
  );
  server.behave(PART, 'breaking');
  await box.locator('input[role=combobox]').fill('文渡桥');
  await expect(box.locator('[part=error]')).toContainText('搜索出了故障，已重新启动');
  expect(await told).toEqual({ code: 'engine-crashed', message: expect.stringContaining('RuntimeError') });
  server.calm();
  await box.getByRole('button', { name: '重试' }).click();
  await expect(box.locator('.hit').first()).toContainText('文渡桥');
});
