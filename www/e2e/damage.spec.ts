import { createHash } from 'node:crypto';
import type { Locator, Page, Route } from '@playwright/test';
import type { SouwenError } from '../engine/errors.ts';
import type { Engine } from '../engine/types.ts';
import { expect, test } from './fixtures.ts';

/** A page of a publisher's own: the script tag and the element, and nothing that keeps files for later. */
const PAGE = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><link rel="icon" href="data:,">
<p id="own">本站的正文</p><script type="module" src="search/souwen.js"></script>
<souwen-search bundle="search/"></souwen-search></html>`;

/** A file of the bundle's, as its manifest names it. */
interface File {
  file: string;
  bytes: number;
  sha256: string;
}

interface Manifest {
  format: number;
  index: File;
}

async function openPage(page: Page): Promise<Locator> {
  await page.route('**/bare.html', (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
  await page.goto('./bare.html');
  return page.locator('souwen-search');
}

/** Answers with the real response's body, changed. */
function changed(change: (body: Buffer) => Buffer | string): (route: Route) => Promise<void> {
  return async (route) => {
    const response = await route.fetch();
    const { 'content-length': _, 'content-encoding': __, ...headers } = response.headers();
    await route.fulfill({ status: response.status(), headers, body: change(await response.body()) });
  };
}

const half = changed((body) => body.subarray(0, body.length / 2));

/** Where an index says its format version: after eight bytes of magic. */
const VERSION_AT = 8;

/** An index of the next format version that is otherwise whole, under a manifest that fits it. */
async function nextVersion(page: Page, manifestSaysSo: boolean): Promise<void> {
  let index: Buffer | undefined;
  await page.route('**/search/souwen.json', async (route) => {
    const response = await route.fetch();
    const manifest = (await response.json()) as Manifest;
    const address = new URL(manifest.index.file, route.request().url()).href;
    index = Buffer.from(await (await page.request.get(address)).body());
    index.writeUInt32LE(index.readUInt32LE(VERSION_AT) + 1, VERSION_AT);
    if (manifestSaysSo) manifest.format += 1;
    manifest.index.sha256 = createHash('sha256').update(index).digest('hex');
    await route.fulfill({ json: manifest });
  });
  await page.route('**/search/index-*.souwen', (route) => route.fulfill({ body: index ?? '' }));
}

const DAMAGES: {
  name: string;
  code: string;
  /** What the reader is told. */
  told: string;
  /** What the developer is told: the file's name, too. */
  message: RegExp;
  damage: (page: Page) => Promise<unknown>;
}[] = [
  {
    name: 'a truncated index',
    code: 'bundle-damaged',
    told: '搜索数据不完整。请刷新页面再试。',
    message: /search\/index-[0-9a-f]+\.souwen: has \d+ bytes where the manifest says \d+/u,
    damage: (page) => page.route('**/search/index-*.souwen', half),
  },
  {
    name: 'an index with one flipped bit',
    code: 'bundle-damaged',
    told: '搜索数据不完整。请刷新页面再试。',
    message: /search\/index-[0-9a-f]+\.souwen: is not the file that the manifest names/u,
    damage: (page) =>
      page.route(
        '**/search/index-*.souwen',
        changed((body) => {
          const middle = body.length >> 1;
          body.writeUInt8(body.readUInt8(middle) ^ 1, middle);
          return body;
        }),
      ),
  },
  {
    name: 'an index that was not uploaded',
    code: 'bundle-damaged',
    told: '搜索数据不完整。请刷新页面再试。',
    message: /search\/index-[0-9a-f]+\.souwen: the server answered 404/u,
    damage: (page) => page.route('**/search/index-*.souwen', (route) => route.fulfill({ status: 404 })),
  },
  {
    name: 'a truncated wasm file',
    code: 'bundle-damaged',
    told: '搜索数据不完整。请刷新页面再试。',
    message: /search\/souwen-[0-9a-f]+\.wasm is not whole/u,
    damage: (page) => page.route('**/search/souwen-*.wasm', half),
  },
  {
    name: 'a manifest of another format version',
    code: 'unsupported-version',
    told: '搜索数据已经更新。请刷新页面。',
    message: /search\/souwen\.json: the bundle is of format version \d+, but/u,
    damage: (page) => nextVersion(page, true),
  },
  {
    name: 'an index of another format version under a manifest of ours',
    code: 'unsupported-version',
    told: '搜索数据已经更新。请刷新页面。',
    message: /search\/index-[0-9a-f]+\.souwen: .*version \d+/u,
    damage: (page) => nextVersion(page, false),
  },
  {
    name: 'no bundle at the address',
    code: 'bundle-not-found',
    told: '没有找到搜索数据。请稍后再试，或告诉本站。',
    message: /search\/souwen\.json: there is no bundle here/u,
    damage: (page) => page.route('**/search/souwen.json', (route) => route.fulfill({ status: 404 })),
  },
  {
    name: 'a page of the server’s own in place of the bundle',
    code: 'bundle-not-found',
    told: '没有找到搜索数据。请稍后再试，或告诉本站。',
    message: /search\/souwen\.json: is a web page/u,
    damage: (page) =>
      page.route('**/search/souwen.json', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>首页</h1>' })),
  },
  {
    name: 'a truncated manifest',
    code: 'bundle-damaged',
    told: '搜索数据不完整。请刷新页面再试。',
    message: /search\/souwen\.json: is no JSON/u,
    damage: (page) => page.route('**/search/souwen.json', half),
  },
  {
    name: 'no network',
    code: 'network',
    told: '网络不通，搜索数据没有取到。请检查网络后重试。',
    message: /search\/souwen\.json: could not be reached/u,
    damage: (page) => page.route('**/search/souwen.json', (route) => route.abort('internetdisconnected')),
  },
];

/** What has a heading of its own. */
const TITLES: Readonly<Record<string, string>> = { network: '没有连上网络', 'unsupported-version': '本站刚刚更新过' };

for (const { name, code, told, message, damage } of DAMAGES) {
  test(`${name} is a SouwenError ${code}, told in plain words, and mended by trying again`, async ({ page, complaints }) => {
    const events: string[] = [];
    await page.exposeFunction('report', (reported: string) => events.push(reported));
    await page.addInitScript(() => {
      document.addEventListener('souwen-error', (event) => {
        const { error } = (event as CustomEvent<{ error: { code: string } }>).detail;
        (window as unknown as { report(code: string): void }).report(error.code);
      });
    });
    await damage(page);
    const box = await openPage(page);

    const thrown = await page.evaluate(async () => {
      const address = new URL('search/souwen.js', location.href).href;
      const souwen = (await import(address)) as {
        open(url: string): Promise<Engine>;
        SouwenError: typeof SouwenError;
      };
      try {
        await souwen.open('search/');
        return undefined;
      } catch (error) {
        const typed = error instanceof souwen.SouwenError;
        return { typed, name: (error as Error).name, code: (error as SouwenError).code, message: (error as Error).message };
      }
    });
    expect(thrown).toMatchObject({ typed: true, name: 'SouwenError', code });
    expect(thrown?.message).toMatch(message);

    await box.locator('input[role=combobox]').fill('文渡桥');
    const error = box.locator('[part=error]');
    await expect(error.locator('.status-title')).toHaveText(TITLES[code] ?? '搜索暂时不可用');
    await expect(error).toContainText(told);
    await expect(box.locator('.hit')).toHaveCount(0);
    await expect(page.locator('#own')).toHaveText('本站的正文');
    expect(new Set(events)).toEqual(new Set([code]));
    // The browser itself logs what could not be loaded; nothing else may complain.
    expect(complaints.filter((complaint) => !/404|ERR_INTERNET_DISCONNECTED/u.test(complaint))).toEqual([]);
    complaints.length = 0;

    await page.unrouteAll();
    await box.getByRole('button', { name: '重试' }).click();
    await expect(box.locator('.hit').first().locator('.title')).toContainText('文渡桥');
    await expect(error).toHaveCount(0);
  });
}
