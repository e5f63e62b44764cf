/** A bundle that the page names by its digest: nothing is read that is not verified by it. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { SouwenError } from '../engine/errors.ts';
import type { Engine } from '../engine/types.ts';
import { buildBundle, CORPUS, serve } from '../program.ts';
import type { Served } from '../program.ts';
import { expect, test } from './fixtures.ts';

let folder: string;
let served: Served;
/** What `souwen build` prints. */
let integrity: string;

const bundle = (): string => path.join(folder, 'search');

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'souwen-pinned-'));
  const config = path.join(folder, 'souwen.toml');
  writeFileSync(config, '[bundle]\nsingle_file = 0\npart = 16384\n');
  buildBundle(CORPUS, bundle(), config);
  integrity = `sha256-${createHash('sha256').update(readFileSync(path.join(bundle(), 'souwen.json'))).digest('base64')}`;
  served = await serve(folder);
});

test.afterAll(() => {
  served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An empty page, served from the site of the bundle. */
async function emptyPage(page: Page): Promise<void> {
  const url = `${served.url}own.html`;
  await page.route(url, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html><link rel="icon" href="data:,">' }),
  );
  await page.goto(url);
}

/** Opens the bundle under a pin and gives the titles that a query finds, or the error's code and words. */
const ask = (page: Page, query: string, pin: string): Promise<readonly string[]> =>
  page.evaluate(
    async ([asked, integrity]) => {
      const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as {
        open(url: string, options: { integrity: string | undefined }): Promise<Engine>;
      };
      try {
        const engine = await open('search/', { integrity });
        const { hits } = await engine.search(asked!);
        return hits.map(({ title }) => title.text);
      } catch (error) {
        const { code, message } = error as SouwenError;
        return [code, message];
      }
    },
    [query, pin],
  );

/** Another byte in the middle of a file's body. */
function flipped(body: Buffer): Buffer {
  const middle = body.length >> 1;
  body.writeUInt8(body.readUInt8(middle) ^ 1, middle);
  return body;
}

test('the pinned bundle answers as it does without, and reads its parts whole', async ({ page }) => {
  await emptyPage(page);
  const ranges: string[] = [];
  page.on('request', (request) => {
    if ('range' in request.headers()) ranges.push(request.url());
  });
  for (const query of ['文渡桥', '图书馆 停电', 'wenduqiao', '“夜市”']) {
    const titles = await ask(page, query, integrity);
    expect(titles.length).toBeGreaterThan(0);
    expect(ranges).toEqual([]);
    expect(titles).toEqual(await ask(page, query, ''));
    ranges.length = 0;
  }
});

test('of several digests one is enough, as on the day of a deploy', async ({ page }) => {
  await emptyPage(page);
  const other = `sha256-${createHash('sha256').update('yesterday').digest('base64')}`;
  expect(await ask(page, '文渡桥', ` ${other}\n${integrity} `)).toEqual(await ask(page, '文渡桥', ''));
});

test('another manifest is refused, and the reader told', async ({ page }) => {
  await emptyPage(page);
  await page.route('**/search/souwen.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('"name": "', '"name": "假') });
  });
  const [code, message] = await ask(page, '文渡桥', integrity);
  expect(code).toBe('bundle-damaged');
  expect(message).toMatch(/search\/souwen\.json: is not the one that this page's `integrity` names/u);
});

test('a part that was changed is refused, though nobody asks for more of it than is whole', async ({ page, complaints }) => {
  await emptyPage(page);
  await page.route('**/search/part-*.souwen', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: flipped(await response.body()) });
  });
  const [code, message] = await ask(page, '文渡桥', integrity);
  expect(code).toBe('bundle-damaged');
  expect(message).toMatch(/search\/part-[0-9a-f]{32}\.souwen: is not the file/u);
  complaints.length = 0;
});

test('what is no integrity is told', async ({ page }) => {
  await emptyPage(page);
  const [code, message] = await ask(page, '文渡桥', 'sha1-abc');
  expect(code).toBe('invalid-argument');
  expect(message).toContain('souwen build');
});

test('the element takes it as an attribute', async ({ page }) => {
  await page.route(`${served.url}element.html`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="zh-CN"><link rel="icon" href="data:,"><script type="module" src="search/souwen.js"></script>
<souwen-search bundle="search/" integrity="${integrity}"></souwen-search>`,
    }),
  );
  await page.goto(`${served.url}element.html`);
  const box = page.locator('souwen-search');
  await box.locator('input[role=combobox]').fill('文渡桥');
  await expect(box.locator('.hit').first().locator('.title')).toContainText('文渡桥');

  await box.evaluate((element) => element.setAttribute('integrity', `sha256-${'A'.repeat(43)}=`));
  await box.locator('input[role=combobox]').fill('图书馆');
  await expect(box.locator('[part=error]')).toContainText('搜索数据不完整');
  await expect(box.locator('.hit')).toHaveCount(0);
});

test('a pinned bundle works offline once it was downloaded, and what was changed in the cache is not believed', async ({ page, context }) => {
  await emptyPage(page);
  const download = (): Promise<void> =>
    page.evaluate(async (integrity) => {
      const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as {
        open(url: string, options: { integrity: string }): Promise<Engine>;
      };
      const engine = await open('search/', { integrity });
      await engine.download();
    }, integrity);
  await download();
  const parts = readdirSync(bundle()).filter((name) => name.startsWith('part-'));
  expect(parts.length).toBeGreaterThan(3);
  await page.evaluate(async () => {
    const cache = await caches.open('souwen-1');
    for (const request of await cache.keys()) {
      if (!request.url.includes('/part-')) continue;
      const body = new Uint8Array(await (await cache.match(request))!.arrayBuffer());
      body[body.length >> 1]! ^= 1;
      await cache.put(request, new Response(body));
    }
  });
  expect(await ask(page, '文渡桥', integrity)).toEqual(await ask(page, '文渡桥', ''));
  await download();
  await page.evaluate(async (integrity) => {
    const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as {
      open(url: string, options: { integrity: string }): Promise<Engine>;
    };
    Object.assign(window, { engine: await open('search/', { integrity }) });
  }, integrity);
  await context.setOffline(true);
  const found = await page.evaluate(async () => (await (window as unknown as { engine: Engine }).engine.search('图书馆 停电')).total);
  expect(found).toBeGreaterThan(0);
});
