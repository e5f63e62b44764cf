import type { SouwenSearch } from '../widget/souwen-search.ts';
import { expect, test } from './fixtures.ts';

test('the article’s own page shows the passage that was found, and marks the words', async ({ site, page }) => {
  await site.visit('./search.html');
  await site.type('糯米灰浆');
  const link = site.options.first();
  await expect(link).toHaveAttribute('href', /\/articles\/[0-9a-f]+\.html#souwen-mark=/u);
  await link.click();
  await expect(page).toHaveURL(/\/articles\//u);
  const mark = page.locator('main mark.souwen-mark').first();
  await expect(mark).toHaveText('糯米灰浆');
  await expect(mark).toBeInViewport();
});

test('of a word that stands often, the passage that was shown is gone to', async ({ site, page }) => {
  await site.visit('./search.html');
  await site.type('文渡桥');
  await expect(site.options.first()).toContainText('文渡桥');
  const [id, passage] = await site.host.evaluate(async (host: SouwenSearch) => {
    const { hits } = await (await host.whenReady()).search('文渡桥');
    const article = await (await host.whenReady()).document(hits[0]?.id ?? '');
    // The last place in the article.
    const last = article.paragraphs.filter((paragraph) => paragraph.includes('文渡桥')).pop() ?? '';
    return [hits[0]?.id ?? '', last.slice(last.indexOf('文渡桥'), last.indexOf('文渡桥') + 24)] as const;
  });
  const hash = new URLSearchParams([['souwen-mark', '文渡桥'], ['souwen-at', passage]]).toString();
  await page.setViewportSize({ width: 360, height: 320 });
  await page.goto(`./articles/${id}.html#${hash}`);
  const marks = page.locator('main mark.souwen-mark');
  await expect(marks.first()).toHaveText('文渡桥');
  expect(await marks.count()).toBeGreaterThan(1);
  const target = await marks.evaluateAll((all, start) => all.findIndex((mark) => (mark.parentElement?.textContent ?? '').includes(start)), passage);
  await expect(marks.nth(target)).toBeInViewport();
});

test('words are marked across inline elements and line breaks, and nothing else of the page is touched', async ({ page, baseURL }) => {
  await page.route('**/own.html', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="zh-CN"><link rel="icon" href="data:,"><body>
        <nav>文渡桥</nav><main><p id="cut">百岁文<b>渡</b>
          桥“住院”九十天</p><p>文渡</p><p>桥头</p><textarea>文渡桥</textarea><p hidden>文渡桥</p>
        <script type="application/json">"文渡桥"</script><p>A&amp;B 和 a&amp;b</p></main>
        <script type="module" src="./search/souwen-highlight.js"></script></body></html>`,
    }),
  );
  const hash = new URLSearchParams([['souwen-mark', '文渡桥'], ['souwen-mark', 'A&B']]).toString();
  await page.goto(`${new URL('own.html', baseURL).href}#${hash}`);
  const marks = page.locator('mark.souwen-mark');
  await expect(marks).toHaveText(['文', '渡', '桥', 'A&B', 'a&b']);
  await expect(page.locator('#cut b mark')).toHaveText('渡');
  await expect(page.locator('nav mark, textarea mark, script mark, [hidden] mark')).toHaveCount(0);
  const text = await page.locator('#cut').textContent();
  expect(text?.replace(/\s/gu, '')).toBe('百岁文渡桥“住院”九十天');
  // Another fragment takes the marks out again.
  await page.evaluate(() => (location.hash = '#top'));
  await expect(marks).toHaveCount(0);
  expect(await page.locator('#cut').textContent()).toBe(text);
});

test('a hostile fragment marks text, and does nothing else', async ({ site, page }) => {
  await site.visit('./articles/');
  const [first] = await page.locator('.all a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  const needles = ['<img src=x onerror="window.harmed=1">', '(((((', '.*', '\\', '，', '长'.repeat(5000)];
  const hash = new URLSearchParams(needles.map((needle) => ['souwen-mark', needle])).toString();
  await page.goto(`${first}#${hash}`);
  await expect(page.locator('main mark.souwen-mark').first()).toHaveText('，');
  expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
});

test('a publisher can leave addresses as they are', async ({ site }) => {
  await site.visit('./search.html');
  await site.host.evaluate((host) => host.setAttribute('highlight', 'off'));
  await site.type('文渡桥');
  await expect(site.options.first()).toHaveAttribute('href', /\/articles\/[0-9a-f]+\.html$/u);
});
