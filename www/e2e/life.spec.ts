import type { SouwenSearch } from '../widget/souwen-search.ts';
import { expect, test } from './fixtures.ts';

test('an element moved while an article is read closes it, and reads the next as before', async ({ site }) => {
  await site.open();
  const closings = await site.recordEvents('souwen-close');
  await site.type('文渡桥');
  await site.options.first().click();
  await expect(site.reader.locator('article')).toBeVisible();
  await site.host.evaluate((host) => document.querySelector('main')?.prepend(host));
  await expect(site.host.locator('dialog')).not.toHaveAttribute('open');
  await expect(site.host.locator('dialog article')).toHaveCount(0);
  await site.input.click();
  await site.options.first().click();
  await expect(site.reader.locator('article')).toBeVisible();
  expect(await site.host.locator('dialog').evaluate((dialog) => dialog.matches(':modal'))).toBe(true);
  await site.page.keyboard.press('Escape');
  await expect(site.reader).toBeHidden();
  await expect.poll(async () => (await closings()).length).toBeGreaterThan(0);
});

test('an article asked for as another is being closed is shown', async ({ site }) => {
  await site.open();
  await site.type('文渡桥');
  await expect(site.options.nth(1)).toBeVisible();
  const title = await site.host.evaluate(async (host: SouwenSearch) => {
    const engine = await host.whenReady();
    const { hits } = await engine.search('文渡桥');
    await host.read(hits[0]?.id ?? '');
    host.closeReader();
    await host.read(hits[1]?.id ?? '');
    return hits[1]?.title.text ?? '';
  });
  // Past the task in which the first dialog's `close` event comes.
  await site.page.waitForTimeout(100);
  await expect(site.reader.getByRole('heading')).toHaveText(title);
});

test('a page whose lang is no language tag gets its results, too', async ({ site, page }) => {
  await site.open();
  await page.evaluate(() => document.documentElement.setAttribute('lang', 'zh_CN'));
  await site.type('文渡桥');
  await expect(site.options.first().locator('time')).toHaveText(/^\d{4}年\d{1,2}月\d{1,2}日$/u);
});

test('another engine under a closed panel answers without opening it', async ({ site, page }) => {
  await site.open();
  await site.type('文渡桥');
  await expect(site.options.first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(site.panel).toBeHidden();
  const searches = await site.recordEvents('souwen-search');
  await site.host.evaluate(async (host: SouwenSearch) => {
    const engine = await host.whenReady();
    host.engine = { ...engine, search: (query, options) => engine.search(query, options), info: () => engine.info() };
  });
  await expect.poll(async () => (await searches()).length).toBe(1);
  await expect(site.panel).toBeHidden();
});

test('a page of results that fails is told, by event and aloud', async ({ site }) => {
  await site.open();
  const told = await site.recordEvents('souwen-error');
  await site.host.evaluate(async (host: SouwenSearch) => {
    const engine = await host.whenReady();
    host.engine = {
      ...engine,
      info: () => engine.info(),
      search: async (query, options) => {
        if (options?.offset) throw new Error('broken');
        return engine.search(query, options);
      },
    };
  });
  await site.type('的');
  await site.host.getByRole('button', { name: '更多结果' }).click();
  await expect(site.host.locator('[part=error]')).toBeVisible();
  expect(await told()).toHaveLength(1);
  await expect(site.host.getByRole('status')).toContainText('发生了意外的错误');
});
