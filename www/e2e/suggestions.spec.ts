import type { SouwenSearch } from '../widget/souwen-search.ts';
import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

/** Opens the page, and answers a first query: from then on there are suggestions. */
async function warm(site: Site): Promise<void> {
  await site.open();
  await site.type('河');
  await expect(site.options.first()).toBeVisible();
  await site.page.waitForTimeout(1500);
}

test('what is being typed is completed, from the archive’s own words and from pinyin', async ({ site }) => {
  await warm(site);
  for (const typed of ['图书', 'tushu']) {
    await site.input.fill('');
    await site.input.pressSequentially(typed, { delay: 60 });
    await expect(site.queries.filter({ hasText: '图书馆' })).toHaveCount(1);
  }
  await expect(site.host.getByRole('listbox', { name: '搜索建议' })).toBeVisible();
  const [queries, results] = await Promise.all([
    site.host.locator('[part=queries]').boundingBox(),
    site.host.locator('[part=results]').boundingBox(),
  ]);
  expect((queries?.y ?? 0) + (queries?.height ?? 0)).toBeLessThanOrEqual(results?.y ?? 0);
});

test('the arrow walks from the suggestions into the results, and Enter takes one', async ({ site, page }) => {
  await warm(site);
  await site.input.fill('图书');
  await expect(site.queries.first()).toBeVisible();
  const count = await site.queries.count();
  const suggested = await site.queries.first().innerText();
  await page.keyboard.press('ArrowDown');
  await expect(site.queries.first()).toHaveAttribute('aria-selected', 'true');
  await expect(site.input).toHaveAttribute('aria-activedescendant', (await site.queries.first().getAttribute('id')) ?? '');
  await expect(site.input).toHaveAttribute('aria-controls', 'queries results');
  for (let step = 0; step < count; step += 1) await page.keyboard.press('ArrowDown');
  await expect(site.options.first()).toHaveAttribute('aria-selected', 'true');
  for (let step = 0; step < count; step += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(site.input).toHaveValue(suggested);
  await expect(site.input).toBeFocused();
  await expect(site.options.first().locator('mark').first()).toHaveText(suggested);
  await expect(site.queries).toHaveCount(0);
});

test('Enter searches what was typed, and the suggestions make room', async ({ site, page }) => {
  await warm(site);
  await site.input.fill('图书');
  await expect(site.queries.first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(site.queries).toHaveCount(0);
  await expect(site.options.first()).toHaveAttribute('aria-selected', 'true');
});

test('suggestions that come late do not move the results', async ({ site }) => {
  await warm(site);
  await site.host.evaluate(async (host: SouwenSearch) => {
    const engine = await host.whenReady();
    host.engine = {
      ...engine,
      info: () => engine.info(),
      search: (query, options) => engine.search(query, options),
      related: async () => [],
      suggest: async () => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        return [{ text: '图书馆', kind: 'term', id: null }];
      },
    };
  });
  await site.input.fill('图书');
  await expect(site.options.first().locator('mark').first()).toHaveText('图书');
  const before = (await site.options.first().boundingBox())?.y;
  await site.page.waitForTimeout(600);
  await expect(site.queries).toHaveCount(0);
  expect((await site.options.first().boundingBox())?.y).toBe(before);
});

test('recent searches are those that led somewhere, can be picked, removed, cleared and turned off', async ({ site, page }) => {
  await site.open();
  await site.type('文渡桥');
  await expect(site.options.first()).toBeVisible();
  await site.options.first().click();
  await expect(site.reader.locator('article')).toBeVisible();
  await page.keyboard.press('Escape');
  await site.input.fill('夜市');
  await page.keyboard.press('Enter');
  await expect(site.options.first()).toHaveAttribute('aria-selected', 'true');
  // Typed in passing only.
  await site.input.fill('公交');
  await expect(site.options.first()).toContainText('公交');
  await site.input.fill('');
  await expect(site.host.getByRole('listbox', { name: '最近搜索' }).getByRole('option')).toHaveText(['夜市', '文渡桥']);

  await page.reload();
  await expect(page.locator('.lead h2')).toBeVisible();
  await site.input.click();
  await expect(site.queries).toHaveText(['夜市', '文渡桥']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Delete');
  await expect(site.queries).toHaveText(['文渡桥']);
  await page.keyboard.press('Enter');
  await expect(site.options.first()).toContainText('文渡桥');

  await site.input.fill('');
  await site.host.getByRole('button', { name: '清除记录' }).click();
  await expect(site.queries).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('souwen-recent'))).toBeNull();

  await site.input.fill('夜市');
  await page.keyboard.press('Enter');
  await site.input.fill('');
  await site.host.getByRole('button', { name: '不再记录' }).click();
  await site.input.fill('文渡桥');
  await page.keyboard.press('Enter');
  await site.input.fill('');
  await expect(site.queries).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('souwen-recent'))).not.toMatch(/夜市|文渡桥/u);
  await site.host.getByRole('button', { name: '记录最近的搜索' }).click();
  await expect(site.host.locator('[part=recent]')).toHaveCount(0);
});

test('a page can do without recent searches', async ({ site, page }) => {
  await page.addInitScript(() => localStorage.setItem('souwen-recent', '{"queries":["夜市"]}'));
  await site.open();
  await site.host.evaluate((host) => host.setAttribute('recent', 'off'));
  await site.input.click();
  await expect(site.panel).toContainText('输入一个或几个词');
  await expect(site.queries).toHaveCount(0);
});
