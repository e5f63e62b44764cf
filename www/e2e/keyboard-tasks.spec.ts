/** Each thing that a reader can do, done without a pointer. What else keys do is in keyboard.spec.ts and in the areas' own. */
import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

/** Any use of the pointer fails the test. */
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    addEventListener('pointerdown', () => console.error('a pointer was used'), { capture: true });
  });
});

const button = (site: Site, name: string) => site.host.getByRole('button', { name });

async function search(site: Site, query: string): Promise<void> {
  await site.tabTo(site.input);
  await site.page.keyboard.press('Control+a');
  await site.page.keyboard.type(query, { delay: 15 });
  await expect(site.options.first()).toContainText(query);
}

test('to search, narrow, order, see more, let go', async ({ site, page }) => {
  await site.visit('./search.html');
  await search(site, '的');
  await expect(site.options).toHaveCount(10);
  await site.tabTo(site.host.getByRole('combobox', { name: '排序' }));
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/sort=date/u);
  await site.tabTo(site.host.getByRole('combobox', { name: '日期' }));
  await page.keyboard.press('End');
  await expect(site.host.getByLabel('从')).toBeVisible();
  await site.tabTo(button(site, '版面'));
  await page.keyboard.press('Enter');
  await site.tabTo(site.host.getByRole('checkbox').first());
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/section=/u);
  await site.tabTo(button(site, '清除筛选'));
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/section=/u);
  await expect(site.input).toBeFocused();
  await site.tabTo(button(site, '更多结果'));
  await page.keyboard.press('Enter');
  await expect.poll(() => site.options.count()).toBeGreaterThan(10);
});

test('to see that a word was put right, and search it as typed', async ({ site, page }) => {
  await site.visit('./search.html');
  await site.tabTo(site.input);
  await page.keyboard.type('文度桥', { delay: 15 });
  await expect(site.host.locator('[part=corrected]')).toBeVisible();
  await site.tabTo(button(site, '仍要搜“文度桥”'));
  await page.keyboard.press('Enter');
  await expect(site.host.locator('[part=corrected]')).toHaveCount(0);
  await expect(site.input).toBeFocused();
});

test('to go on with a related search', async ({ site, page }) => {
  await site.visit('./search.html');
  await search(site, '文渡桥');
  const related = site.host.locator('[part=related-query]').first();
  await expect(related).toBeVisible();
  const query = (await related.innerText()).trim();
  await site.tabTo(related);
  await page.keyboard.press('Enter');
  await expect(site.input).toHaveValue(query);
  await expect(site.input).toBeFocused();
});

test('to open an article’s page, with what was found marked there', async ({ site, page }) => {
  await site.visit('./search.html');
  await search(site, '糯米灰浆');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/articles\/[0-9a-f]+\.html/u);
  await expect(page.locator('mark.souwen-mark').first()).toBeInViewport();
});

test('to read: from match to match, larger and smaller, share, print, back', async ({ site, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => {
    window.print = () => Object.assign(window.top ?? window, { printed: true });
  });
  await site.visit('./strict.html');
  await search(site, '文渡桥');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(site.reader.getByRole('heading')).toBeFocused();
  await site.tabTo(site.reader.getByRole('button', { name: '下一处' }));
  await page.keyboard.press('Enter');
  await expect(site.reader.locator('mark.current')).toHaveCount(1);
  await site.tabTo(site.reader.getByRole('button', { name: '放大字号' }), 'Shift+Tab');
  // Beyond the largest nothing happens, and the button keeps the focus.
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('Enter');
  await expect(site.reader.locator('.size-4')).toHaveCount(1);
  await expect(site.reader.getByRole('button', { name: '放大字号' })).toBeFocused();
  await expect(site.reader.getByRole('button', { name: '放大字号' })).toBeDisabled();
  await site.tabTo(site.reader.getByRole('button', { name: '分享链接' }));
  await page.keyboard.press('Enter');
  await expect(site.reader.locator('[part=said]')).toHaveText('链接已复制');
  await site.tabTo(site.reader.getByRole('button', { name: '打印' }));
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => (window as unknown as { printed?: boolean }).printed)).toBe(true);
  await expect(site.reader.getByRole('button', { name: '打印' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(site.input).toBeFocused();
});

test('to take up a recent search, and to forget them', async ({ site, page }) => {
  await page.addInitScript(() => localStorage.setItem('souwen-recent', '{"queries":["文渡桥","图书馆"]}'));
  await site.visit('./strict.html');
  await site.tabTo(site.input);
  await expect(site.queries).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(site.input).toHaveValue('文渡桥');
  await expect(site.options.first()).toContainText('文渡桥');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await site.tabTo(button(site, '清除记录'));
  await page.keyboard.press('Enter');
  await expect(site.queries).toHaveCount(0);
  await expect(site.input).toBeFocused();
  expect(await page.evaluate(() => localStorage.getItem('souwen-recent'))).toBeNull();
});

test('to save all of it for the time without a network, and to remove it', async ({ site, page }) => {
  await site.visit('./search.html');
  await site.tabTo(site.input);
  await expect(button(site, '保存以便离线搜索')).toBeVisible();
  await site.tabTo(button(site, '保存以便离线搜索'));
  await page.keyboard.press('Enter');
  await expect(button(site, '移除离线数据')).toBeVisible();
  await expect(button(site, '移除离线数据')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button(site, '保存以便离线搜索')).toBeFocused();
});

test('to open the dialog, search in it, and leave it', async ({ site, page }) => {
  await site.visit('./articles/');
  const trigger = site.host.locator('.trigger');
  await site.tabTo(trigger);
  await page.keyboard.press('Enter');
  await expect(site.input).toBeFocused();
  await page.keyboard.type('文渡桥', { delay: 15 });
  await expect(site.options.first()).toContainText('文渡桥');
  await site.tabTo(button(site, '关闭'));
  await page.keyboard.press('Enter');
  await expect(trigger).toBeFocused();
});

test('to try again after a failure', async ({ site, page }) => {
  await site.visit('./search.html');
  await site.host.evaluate(async (host: HTMLElementTagNameMap['souwen-search']) => {
    const engine = await host.whenReady();
    let broken = true;
    host.engine = {
      ...engine,
      info: () => engine.info(),
      related: (query, options) => engine.related(query, options),
      suggest: (text, options) => engine.suggest(text, options),
      search: (query, options) => {
        if (!broken) return engine.search(query, options);
        broken = false;
        return Promise.reject(Object.assign(new Error('broken'), { code: 'network' }));
      },
    };
  });
  await site.tabTo(site.input);
  await page.keyboard.insertText('文渡桥');
  await site.tabTo(button(site, '重试'));
  await page.keyboard.press('Enter');
  await expect(site.options.first()).toContainText('文渡桥');
  await expect(site.input).toBeFocused();
});
