import type { Hit } from '../engine/types.ts';
import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

/** Puts an engine in place that has three reports, of which the first was printed three times; two hits a page. */
async function withReprints(site: Site): Promise<void> {
  await site.open();
  await site.host.evaluate((host: HTMLElementTagNameMap['souwen-search']) => {
    const hit = (id: string, similar: Hit['similar'] = []): Hit => ({
      id,
      url: '',
      kind: 'article',
      date: '2025-03-01',
      dateInferred: false,
      section: '',
      reporters: [],
      score: 1,
      title: { text: `报道${id}`, marks: [] },
      kicker: '',
      subtitle: '',
      snippet: { text: '', marks: [], caption: false },
      missing: [],
      similar,
    });
    const reprints = [
      { id: 'a1', url: '/reprint', title: '转载一', date: '2025-03-02' },
      { id: 'a2', url: 'javascript:window.harmed=1', title: '', date: null },
    ];
    const all = [hit('a', reprints), hit('b'), hit('c')];
    const unused = (): Promise<never> => Promise.reject(new Error('not asked for in this test'));
    host.pageSize = 2;
    host.reader = 'auto';
    host.engine = {
      search: async (_query, { offset = 0, limit = 10 } = {}) => ({
        total: 5,
        totalIsExact: true,
        hits: all.slice(offset, offset + limit),
        facets: {},
        corrections: [],
        relaxed: null,
        tookMs: 0,
      }),
      document: async (id) => ({
        id,
        kind: 'article',
        title: `全文${id}`,
        kicker: '',
        subtitle: '',
        reporters: [],
        date: null,
        date_inferred: false,
        section: '',
        url: '',
        tags: [],
        paragraphs: ['正文。'],
        captions: [],
      }),
      related: async () => [],
      suggest: unused,
      download: unused,
      info: unused,
      stats: unused,
      close: () => undefined,
    };
  });
  await site.type('报道');
}

test('reprints are folded under their hit, as links where they lead somewhere', async ({ site, page }) => {
  await withReprints(site);
  const group = site.host.getByRole('group', { name: '另有 2 篇内容相同' });
  await expect(group.locator('.hit')).toHaveText([/^转载一\s*2025年3月2日$/u, '（无标题）']);
  await expect(group.locator('.hit').first()).toHaveAttribute('href', /^http:.*\/reprint#souwen-mark=/u);
  await expect(group.locator('.hit').nth(1)).not.toHaveAttribute('href');
  const selections = await site.recordEvents('souwen-select');
  await group.locator('.hit').nth(1).click();
  await expect(site.reader.getByRole('heading')).toHaveText('全文a2');
  expect(await selections()).toMatchObject([{ id: 'a2' }]);
  expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
});

test('the arrow walks through reprints, and more are asked for until every article is shown', async ({ site, page }) => {
  await withReprints(site);
  await expect(site.host.locator('.summary')).toHaveText('找到 5 篇报道');
  await expect(site.options).toHaveCount(4);
  for (const text of ['报道a', '转载一', '（无标题）', '报道b', '报道c']) {
    await page.keyboard.press('ArrowDown');
    await expect(site.host.locator('[aria-selected=true]')).toContainText(text);
  }
  await expect(site.options).toHaveCount(5);
  await expect(site.host.getByRole('status')).toHaveText('已显示 5 篇，共 5 篇');
  await expect(site.host.getByRole('button', { name: '更多结果' })).toHaveCount(0);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(site.reader.getByRole('heading')).toHaveText('全文a2');
});
