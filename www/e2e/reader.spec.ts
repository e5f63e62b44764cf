import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

async function read(site: Site, query: string): Promise<void> {
  await site.open();
  await site.type(query);
  await expect(site.options.first()).toContainText(query);
  await site.options.first().click();
  await expect(site.reader.locator('article')).toBeVisible();
}

test('from one match to the next, around, and back', async ({ site, page }) => {
  await read(site, '文渡桥');
  const marks = site.reader.locator('article mark');
  const all = await marks.count();
  expect(all).toBeGreaterThan(2);
  const bar = site.reader.locator('[part=matches]');
  await expect(bar).toContainText(`共 ${all} 处`);
  const next = bar.getByRole('button', { name: '下一处' });
  await next.focus();
  for (let place = 1; place <= all; place += 1) {
    await page.keyboard.press('Enter');
    await expect(bar.getByRole('status')).toHaveText(`第 ${place} 处，共 ${all} 处`);
    await expect(marks.nth(place - 1)).toHaveClass('current');
    await expect(marks.nth(place - 1)).toBeInViewport();
  }
  await page.keyboard.press('Enter');
  await expect(marks.first()).toHaveClass('current');
  await bar.getByRole('button', { name: '上一处' }).click();
  await expect(marks.nth(all - 1)).toHaveClass('current');
  await expect(site.reader.locator('mark.current')).toHaveCount(1);
});

test('the text grows and shrinks, and stays so', async ({ site, page }) => {
  await read(site, '文渡桥');
  const size = () => site.reader.locator('article > p').first().evaluate((paragraph) => Number.parseFloat(getComputedStyle(paragraph).fontSize));
  const usual = await size();
  const larger = site.reader.getByRole('button', { name: '放大字号' });
  await larger.click();
  expect(await size()).toBeGreaterThan(usual);
  while (await larger.isEnabled()) await larger.click();
  const largest = await size();
  const overflow = await site.reader.locator('.reader-scroll').evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.reload();
  await read(site, '夜市');
  expect(await size()).toBe(largest);
  const smaller = site.reader.getByRole('button', { name: '缩小字号' });
  while (await smaller.isEnabled()) await smaller.click();
  expect(await size()).toBeLessThan(usual);
});

test('what is shared is a link that opens the article', async ({ site, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await read(site, '文渡桥');
  const title = await site.reader.getByRole('heading').innerText();
  await site.reader.getByRole('button', { name: '分享链接' }).click();
  await expect(site.reader.locator('[part=said]')).toHaveText('链接已复制');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  // It has a page of its own.
  expect(link).toMatch(/\/articles\/[0-9a-f]+\.html$/u);
  const id = /([0-9a-f]+)\.html$/u.exec(link)?.[1] ?? '';
  // For those that have none, the page with the reader open.
  await page.goto(`./#souwen-read=${id}`);
  await expect(site.reader.getByRole('heading')).toHaveText(title);
  await page.keyboard.press('Escape');
  await expect(site.reader).toBeHidden();
  await expect(page).not.toHaveURL(/souwen-read/u);
});

test('where nothing can be copied, the link is there to be copied', async ({ site, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await read(site, '文渡桥');
  await site.reader.getByRole('button', { name: '分享链接' }).click();
  await expect(site.reader.locator('[part=said]')).toHaveText(/^http.*\/articles\//u);
});

test('printed is the article, and nothing of the page', async ({ site, page }) => {
  await page.addInitScript(() => {
    window.print = () => {
      const printed = (window.top as unknown as { printed?: string[] }).printed ?? [];
      printed.push(document.title, document.body.textContent ?? '', String(document.adoptedStyleSheets.length));
      Object.assign(window.top ?? window, { printed });
    };
  });
  await read(site, '文渡桥');
  const article = await site.reader.locator('article').textContent();
  await site.reader.getByRole('button', { name: '打印' }).click();
  const printed = await page.evaluate(() => (window as unknown as { printed: string[] }).printed);
  expect(printed).toEqual([await site.reader.getByRole('heading').innerText(), article, '1']);
});

test('each mark is said to be one, without a word in the text', async ({ site }) => {
  await read(site, '文渡桥');
  const mark = site.reader.locator('article mark').first();
  await expect(mark).toHaveText('文渡桥');
  const said = await mark.evaluate((own) => getComputedStyle(own, '::before').content);
  expect(said).toContain('标记：');
});
