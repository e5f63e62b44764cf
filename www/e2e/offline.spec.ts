import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { buildBundle, CORPUS, serve } from '../program.ts';
import { seededRandom, pick } from '../sampling.ts';
import type { SouwenSearch } from '../widget/souwen-search.ts';
import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

/** Cuts the network, and proves that it is cut for the service worker, too. */
async function cut(page: Page, complaints: string[]): Promise<void> {
  await page.context().setOffline(true);
  const reached = await page.evaluate(() =>
    fetch('./never-kept.json').then(
      () => true,
      () => false,
    ),
  );
  expect(reached).toBe(false);
  // The browser logs that one failure; from here on there may be none.
  expect(complaints.splice(0)).toEqual([expect.stringMatching(/net::ERR_(?:FAILED|INTERNET_DISCONNECTED)$/u)]);
}

/** Runs of Han characters out of the articles themselves. */
async function queries(site: Site, count: number): Promise<string[]> {
  const texts = await site.host.evaluate(async (host: SouwenSearch) => {
    const engine = await host.whenReady();
    const { hits } = await engine.search('', { sort: 'date', limit: 60 });
    return Promise.all(hits.map(async ({ id }) => (await engine.document(id)).paragraphs.join('')));
  });
  const random = seededRandom(6);
  const runs = texts.flatMap((text) => text.match(/\p{Script=Han}{2,4}/gu) ?? []);
  return Array.from({ length: count }, () => pick(runs, random));
}

test('after one visit, a reload without a network still searches and reads', async ({ site, page, complaints }) => {
  await site.open();
  await expect(page.locator('#offline')).toBeVisible({ timeout: 20_000 });
  const asked = await queries(site, 50);
  await cut(page, complaints);

  const failed: string[] = [];
  page.on('requestfailed', (request) => failed.push(request.url()));
  await page.reload();
  await expect(page.locator('.lead h2')).toBeVisible();
  for (const query of asked) {
    await site.input.fill(`"${query}"`);
    await expect(site.host.locator('mark').first()).toBeVisible();
    await expect(site.options.first()).toContainText(query);
  }
  await site.input.fill('的');
  await expect(site.options).toHaveCount(10);
  for (let article = 0; article < 5; article += 1) {
    await site.options.nth(article).click();
    await expect(site.reader.getByRole('heading')).toBeVisible();
    await expect(site.reader.locator('article > p, article > .captions').first()).not.toBeEmpty();
    await page.keyboard.press('Escape');
  }
  expect(failed).toEqual([]);
});

test.describe('an index in parts', () => {
  let folder: string;
  let served: Awaited<ReturnType<typeof serve>>;
  test.beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'souwen-offline-'));
    const config = path.join(folder, 'souwen.toml');
    writeFileSync(config, '[bundle]\nsingle_file = 0\npart = 16384\n');
    buildBundle(CORPUS, path.join(folder, 'search'), config);
    served = await serve(folder);
  });
  test.afterAll(() => {
    served.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function openOwn(page: Page): Promise<void> {
    await page.route('**/own.html', (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: `<!doctype html><html lang="zh-CN"><link rel="icon" href="data:,">
          <script type="module" src="./search/souwen.js"></script>
          <souwen-search bundle="./search/" reader="always" offline></souwen-search></html>`,
      }),
    );
    await page.goto(`${served.url}own.html`);
  }

  const badge = (site: Site) => site.host.locator('[part=offline-badge]');
  const button = (site: Site, name: string) => site.host.locator(`[part=${name}]`);

  test('is saved with its size said before, paused, resumed, used without a network, and removed', async ({ site, page, context }) => {
    await openOwn(page);
    await site.input.click();
    await expect(badge(site)).toHaveText('断网时能搜索用过的部分');
    await expect(button(site, 'offline-save')).toHaveText(/^\s*保存以便离线搜索（\d+ KB）\s*$/u);

    // Parts come one at a time, when they are let go.
    let gate: (() => void)[] = [];
    let open = false;
    await context.route('**/part-*.souwen', async (route) => {
      if (!open) await new Promise<void>((resolve) => gate.push(resolve));
      await route.continue().catch(() => undefined);
    });
    await button(site, 'offline-save').click();
    await expect(site.host.getByRole('progressbar')).toBeVisible();
    await expect(button(site, 'offline-pause')).toBeFocused();
    await expect.poll(() => gate.length).toBeGreaterThan(0);
    gate.shift()?.();
    await expect.poll(() => gate.length).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await expect(site.host.locator('[part=offline-progress]')).toContainText('已暂停');
    // The search goes on meanwhile.
    open = true;
    for (const letGo of gate.splice(0)) letGo();
    await site.input.fill('文渡桥');
    await expect(site.options.first()).toContainText('文渡桥');
    const loaded: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('part-') && !request.headers()['range']) loaded.push(request.url());
    });
    await button(site, 'offline-resume').click();
    await expect(badge(site)).toHaveText('断网也能搜索全部报道');
    await expect(site.host.getByRole('status').first()).toHaveText('断网也能搜索全部报道');
    // What had come before was not fetched again.
    expect(new Set(loaded).size).toBe(loaded.length);

    await context.setOffline(true);
    await expect(site.host.locator('[part=offline-now]')).toHaveText('现在没有网络，正在使用存在本机的数据');
    for (const query of ['夜市', '图书馆', '公交', '斑马线']) {
      await site.input.fill(query);
      await expect(site.options.first()).toContainText(query);
    }
    await site.options.first().click();
    await expect(site.reader.locator('article > p').first()).not.toBeEmpty();
    await page.keyboard.press('Escape');
    await context.setOffline(false);

    await button(site, 'offline-remove').click();
    await expect(button(site, 'offline-save')).toBeVisible();
    await expect(site.host.getByRole('status').first()).toHaveText('离线数据已移除');
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      return (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length))).reduce((a, b) => a + b, 0);
    });
    expect(kept).toBe(0);
  });

  test('that the connection breaks off says so, and goes on when it is back', async ({ site, page, context, complaints }) => {
    await openOwn(page);
    await site.input.click();
    await expect(button(site, 'offline-save')).toHaveText(/KB/u);
    let broken = true;
    await context.route('**/part-*.souwen', (route) => (broken ? route.abort('internetdisconnected') : route.continue()));
    await button(site, 'offline-save').click();
    await expect(site.host.locator('[part=offline-fault]')).toContainText('网络不通');
    await expect(button(site, 'offline-resume')).toBeVisible();
    broken = false;
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(badge(site)).toHaveText('断网也能搜索全部报道');
    expect(complaints.filter((complaint) => !/ERR_INTERNET_DISCONNECTED/u.test(complaint))).toEqual([]);
    complaints.length = 0;
  });

  test('for which there is no room is not begun, and says what is needed', async ({ site, page }) => {
    await page.addInitScript(() => {
      navigator.storage.estimate = async () => ({ quota: 5000, usage: 4000 });
    });
    await openOwn(page);
    await site.input.click();
    await expect(button(site, 'offline-save')).toHaveText(/KB/u);
    await button(site, 'offline-save').click();
    await expect(site.host.locator('[part=offline-fault]')).toHaveText(/存储空间不够：需要 \d+ KB，还有 1 KB/u);
    await expect(badge(site)).toHaveCount(0);
  });

  test('that was saved from an earlier deploy is offered anew', async ({ site, page }) => {
    await page.addInitScript(() => {
      localStorage.setItem('souwen-offline', JSON.stringify({ [new URL('search/', location.href).href]: 'https://old.example/index-0.souwen' }));
    });
    await openOwn(page);
    await site.input.click();
    await expect(badge(site)).toHaveText('离线数据不是最新的');
    await button(site, 'offline-save').click();
    await expect(badge(site)).toHaveText('断网也能搜索全部报道');
  });
});

test('the kill switch makes the service worker forget all and go', async ({ site, page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'souwen-switch-'));
  cpSync(process.env['SOUWEN_SITE_DIR'] ?? '../target/demo', folder, { recursive: true });
  const served = await serve(folder);
  try {
    await page.goto(served.url);
    await expect(page.locator('#offline')).toBeVisible({ timeout: 20_000 });
    const own = async () => (await page.evaluate(() => caches.keys())).filter((name) => /^souwen-(?:shell-|runtime)/u.test(name));
    expect(await own()).toHaveLength(2);
    writeFileSync(path.join(folder, 'demo-sw.js'), "importScripts('./search/souwen-sw.js'); souwenServe({ bundle: './search/', off: true });");
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    expect(await own()).toEqual([]);
    await expect(site.host).toBeVisible();
  } finally {
    served.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a site’s own service worker goes on answering for what is not the search’s', async ({ page, baseURL }) => {
  await page.context().route('**/own-sw.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `importScripts('./search/souwen-sw.js');
        souwenServe({ bundle: './search/', shell: ['./themed.html'], version: '1' });
        addEventListener('fetch', (event) => {
          if (event.request.url.endsWith('/hello')) event.respondWith(new Response('from the site'));
        });`,
    }),
  );
  await page.goto(new URL('themed.html', baseURL).href);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('./own-sw.js');
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });
  expect(await page.evaluate(async () => (await fetch('./hello')).text())).toBe('from the site');
  expect(await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('souwen-shell-')))).toEqual(['souwen-shell-1']);
});

test('the site can be installed as an app', async ({ page }) => {
  await page.goto('./');
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  const { errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  // An incognito window, as tests have, installs nothing; that is all that may be wrong.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
});
