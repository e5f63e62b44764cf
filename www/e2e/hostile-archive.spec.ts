/** An archive that somebody has filled with everything that breaks pages, built and searched as any other. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildBundle, serve } from '../program.ts';
import type { Served } from '../program.ts';
import { expect, test } from './fixtures.ts';

const NEEDLE = '棠川';
const TEXTS = [
  '<script>window.harmed = 1</script>',
  '<img src=x onerror="window.harmed = 1">',
  '"><svg onload="window.harmed = 1">',
  '</title></article><iframe srcdoc="<script>parent.harmed=1</script>">',
  '\u202e从右到左\u2066隔离\u200f',
  '长'.repeat(10_000),
  'W'.repeat(10_000),
  '零\u200b宽\ufeff\u0000控\u0007制',
];
const ADDRESSES = ['javascript:window.harmed=1', ' JAVASCRIPT:window.harmed=1', 'data:text/html,<script>parent.harmed=1</script>', 'vbscript:x', '//evil.example/', 'http://['];

let folder: string;
let served: Served;
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'souwen-hostile-'));
  const lines = TEXTS.map((text, index) => {
    const all = `${NEEDLE}${text}`;
    const article = { title: all, kicker: all, subtitle: all, reporters: [all], section: all, tags: [all], date: '2025-01-01', url: ADDRESSES[index] ?? '', paragraphs: [all, `${all}\t1\t2`], captions: [all] };
    // Lone surrogates, as JSON can write them.
    return index === 4 ? JSON.stringify(article).replace('从右', '\\\\ud800') : JSON.stringify(article);
  });
  mkdirSync(path.join(folder, 'in'));
  writeFileSync(path.join(folder, 'in/hostile.jsonl'), `${lines.join('\n')}\n`);
  buildBundle(path.join(folder, 'in'), path.join(folder, 'site/search'));
  served = await serve(path.join(folder, 'site'));
});
test.afterAll(() => {
  served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const width of [360, 1280]) {
  test(`nothing of it runs, and nothing breaks a page ${width} px wide`, async ({ site, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.route('**/own.html*', (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: `<!doctype html><html lang="zh-CN"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
          <script type="module" src="./search/souwen.js"></script>
          <souwen-search bundle="./search/" mode="page" filters="date section reporter"></souwen-search></html>`,
      }),
    );
    await page.goto(`${served.url}own.html?q=${encodeURIComponent(NEEDLE)}`);
    await expect(site.options).toHaveCount(TEXTS.length);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    const links = await site.host.locator('a[href]').evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).protocol));
    expect(links.filter((protocol) => !/^https?:$/u.test(protocol))).toEqual([]);
    // Each is as high as a result should be, however long its text.
    for (const option of await site.options.all()) expect((await option.boundingBox())?.height).toBeLessThan(1500);

    await site.host.evaluate((host) => host.setAttribute('reader', 'always'));
    for (let index = 0; index < TEXTS.length; index += 1) {
      await site.options.nth(index).click({ position: { x: 10, y: 10 } });
      await expect(site.reader.getByRole('heading')).toContainText(NEEDLE);
      const sideways = await site.reader.locator('.reader-scroll').evaluate((box) => box.scrollWidth - box.clientWidth);
      expect(sideways).toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
    }
    expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
    const intruders = await site.host.evaluate((host) => host.shadowRoot?.querySelectorAll('script, img, iframe, svg:not(.icon)').length);
    expect(intruders).toBe(0);
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
}
