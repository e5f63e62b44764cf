import type { Page } from '@playwright/test';
import type { SouwenSearch } from '../widget/souwen-search.ts';
import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

/** Puts an engine in place whose answers wait until they are let go, or that fails so many times first. */
async function slowEngine(site: Site, failures = 0): Promise<void> {
  await site.host.evaluate(async (host: SouwenSearch, fail) => {
    const engine = await host.whenReady();
    let failuresLeft = fail;
    const gate = new Promise<void>((resolve) => Object.assign(window, { letGo: resolve }));
    host.engine = {
      ...engine,
      info: () => engine.info(),
      search: async (query, options) => {
        await gate;
        if (failuresLeft-- > 0) throw new Error('broken');
        return engine.search(query, options);
      },
    };
  }, failures);
}

const letGo = (page: Page): Promise<void> => page.evaluate(() => (window as unknown as { letGo: () => void }).letGo());

test('Enter while the answer is under way makes its first result active', async ({ site, page }) => {
  await site.open();
  await slowEngine(site);
  await site.type('文渡桥');
  await page.keyboard.press('Enter');
  await letGo(page);
  await expect(site.options.first()).toHaveAttribute('aria-selected', 'true');
});

test('Esc during that wait leaves nothing active, and a space opens the list again', async ({ site, page }) => {
  await site.open();
  await slowEngine(site);
  const searches = await site.recordEvents('souwen-search');
  await site.type('文渡桥');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await letGo(page);
  await expect.poll(async () => (await searches()).length).toBe(1);
  await expect(site.panel).toBeHidden();
  await page.keyboard.type(' ');
  await expect(site.options.first()).toBeVisible();
  await expect(site.options.first()).toHaveAttribute('aria-selected', 'false');
});

test('the focus goes back to the input from a button that goes away', async ({ site, page }) => {
  await site.open();
  await slowEngine(site, 1);
  await letGo(page);
  await site.type('文');
  await site.host.getByRole('button', { name: '重试' }).focus();
  await page.keyboard.press('Enter');
  await expect(site.options.first()).toBeVisible();
  await expect(site.input).toBeFocused();
  const more = site.host.getByRole('button', { name: '更多结果' });
  await site.input.fill('的');
  await expect(more).toBeVisible();
  await site.host.evaluate((host: SouwenSearch) => {
    host.pageSize = 1000;
  });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(more).toHaveCount(0);
  await expect(site.input).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(site.panel).toBeHidden();
});

test('the same count is announced again for another query', async ({ site }) => {
  await site.open();
  await site.type('文渡桥');
  const status = site.host.getByRole('status');
  await expect(status).toContainText('找到');
  await site.input.press('Space');
  const words = await status.textContent();
  await site.input.fill('"文渡桥"');
  await expect(status).toHaveText('');
  await expect(status).toHaveText(words ?? '');
});
