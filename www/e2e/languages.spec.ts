import { expect, test } from './fixtures.ts';

const PAGES = [
  ['zh-CN', '搜索报道', /^找到 \d+ 篇报道$/u, '全部版面', '2025年'],
  ['zh-TW', '搜尋報導', /^找到 \d+ 篇報導$/u, '全部版面', '2025年'],
  ['zh-HK', '搜尋報道', /^找到 \d+ 篇報道$/u, '全部版面', '2025年'],
  ['en', 'Search articles', /^\d+ articles$/u, 'Any section', ', 2025'],
] as const;

for (const [lang, label, summary, section, year] of PAGES) {
  test(`a page in ${lang} has the words of ${lang}, from the first moment`, async ({ site, page }) => {
    await page.addInitScript((tag) => {
      const observer = new MutationObserver(() => {
        if (!document.documentElement) return;
        document.documentElement.lang = tag;
        observer.disconnect();
      });
      observer.observe(document, { childList: true });
      // Whatever the box was called.
      const labels: (string | null)[] = [];
      Object.assign(window, { labels });
      const look = (): void => {
        const input = document.querySelector('souwen-search')?.shadowRoot?.querySelector('input');
        if (input && labels[labels.length - 1] !== input.getAttribute('aria-label')) labels.push(input.getAttribute('aria-label'));
        requestAnimationFrame(look);
      };
      look();
    }, lang);
    await site.visit('./search.html');
    await expect(site.input).toHaveAttribute('aria-label', label);
    await site.type('文渡桥');
    await expect(site.host.locator('.summary')).toHaveText(summary);
    await expect(site.host.getByRole('status').first()).toHaveText(summary);
    await expect(site.host.getByRole('button', { name: section })).toHaveCount(1);
    await expect(site.host.locator('.result time').first()).toContainText(year);
    expect(await page.evaluate(() => (window as unknown as { labels: string[] }).labels)).toEqual([label]);
  });
}

test('the words follow the page when it becomes one of another language', async ({ site, page }) => {
  await site.open();
  await page.evaluate(() => (document.documentElement.lang = 'en'));
  await expect(site.input).toHaveAttribute('aria-label', 'Search articles');
  await page.evaluate(() => (document.documentElement.lang = 'zh-HK'));
  await expect(site.input).toHaveAttribute('aria-label', '搜尋報道');
});

test('a page changes words of its own', async ({ site, page }) => {
  await site.open();
  await page.evaluate(async () => {
    const { messagesFor } = (await import(new URL('search/souwen.js', document.baseURI).href)) as typeof import('../souwen.ts');
    const host = document.querySelector('souwen-search');
    if (host) host.messages = { ...(await messagesFor('zh-CN')), placeholder: '搜棠川' };
  });
  await expect(site.input).toHaveAttribute('placeholder', '搜棠川');
});

test('from right to left the box is mirrored, and nothing runs out of the page', async ({ site, page }) => {
  await site.visit('./search.html');
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await site.type('文渡桥');
  await expect(site.options.first()).toContainText('文渡桥');
  const [icon, input] = await Promise.all([site.host.locator('.field > .icon').boundingBox(), site.input.boundingBox()]);
  expect(icon?.x).toBeGreaterThan(input?.x ?? 0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
