import type { SouwenSearch } from '../widget/souwen-search.ts';
import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

/** Puts an engine in place that names related searches of its own making, and notes what was asked when. */
async function withRelated(site: Site): Promise<() => Promise<string[]>> {
  await site.open();
  await site.host.evaluate(async (host: SouwenSearch) => {
    const engine = await host.whenReady();
    const log: string[] = [];
    Object.assign(window, { asked: log });
    host.engine = {
      ...engine,
      info: () => engine.info(),
      search: async (query, options) => {
        const result = await engine.search(query, options);
        log.push(`search ${query}`);
        return result;
      },
      related: async (query) => {
        log.push(`related ${query}`);
        if (query === '夜市') throw new Error('broken');
        return query === '文渡桥' ? ['夜市', '图书馆'] : [];
      },
    };
  });
  return () => site.page.evaluate(() => (window as unknown as { asked: string[] }).asked);
}

test('related searches come below the results, after them, and are searched by a press', async ({ site }) => {
  const asked = await withRelated(site);
  await site.input.fill('文渡桥');
  const related = site.host.getByRole('group', { name: '相关搜索' });
  await expect(related.getByRole('button')).toHaveText(['夜市', '图书馆']);
  expect(await asked()).toEqual(['search 文渡桥', 'related 文渡桥']);
  for (const box of await related.getByRole('button').all()) expect((await box.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await related.getByRole('button', { name: '夜市' }).click();
  await expect(site.input).toHaveValue('夜市');
  await expect(site.input).toBeFocused();
  await expect(site.options.first().locator('mark').first()).toHaveText('夜市');
  // That these fail is nobody's concern.
  await expect.poll(asked).toContain('related 夜市');
  await expect(related).toHaveCount(0);
  await expect(site.host.locator('[part=error]')).toHaveCount(0);
});

test('who goes on typing is asked nothing, and gets those of the last query alone', async ({ site }) => {
  const asked = await withRelated(site);
  await site.input.evaluate((input: HTMLInputElement) => {
    for (const query of ['河', '夜市', '文渡桥']) {
      input.value = query;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }
  });
  await expect(site.host.getByRole('group', { name: '相关搜索' })).toBeVisible();
  expect((await asked()).filter((call) => call.startsWith('related'))).toEqual(['related 文渡桥']);
});

test('where nothing is found, nothing is related', async ({ site, page }) => {
  const asked = await withRelated(site);
  await site.input.fill('龘靐齉');
  await expect(site.panel).toContainText('没有找到');
  await page.waitForTimeout(400);
  expect(await asked()).toEqual(['search 龘靐齉']);
});
