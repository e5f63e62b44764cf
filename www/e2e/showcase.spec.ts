import { serve } from '../program.ts';
import { expect, test } from './fixtures.ts';

test('a page under a strict policy searches, reads and saves without a complaint', async ({ site, page }) => {
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await site.visit('./strict.html');
  await site.type('文渡桥');
  await expect(site.options.first()).toContainText('文渡桥');
  // In a worker, once that which has asked for the archive's size is gone, and styled.
  await expect.poll(() => page.workers().length).toBe(1);
  expect(await site.panel.evaluate((panel) => getComputedStyle(panel).position)).toBe('absolute');
  await site.host.getByRole('combobox', { name: '排序' }).selectOption('date');
  await site.options.first().click();
  await expect(site.reader.locator('article')).toBeVisible();
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await site.reader.getByRole('button', { name: '放大字号' }).click();
  await site.reader.getByRole('button', { name: '打印' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await site.input.fill('');
  await site.host.locator('[part=offline-save]').click();
  await expect(site.host.locator('[part=offline-badge]')).toHaveText('断网也能搜索全部报道', { timeout: 15_000 });
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
});

test('a themed page changes colours and shapes, by properties and parts alone', async ({ site }) => {
  await site.visit('./themed.html');
  await site.type('文渡桥');
  await expect(site.options.first()).toContainText('文渡桥');
  expect(await site.panel.evaluate((panel) => getComputedStyle(panel).backgroundColor)).toBe('rgb(16, 37, 46)');
  expect(await site.host.locator('[part=result-title]').first().evaluate((title) => getComputedStyle(title).letterSpacing)).not.toBe('normal');
});

test('several boxes on one page share one engine', async ({ site, page }) => {
  await site.visit('./search.html');
  await page.evaluate(() => {
    for (const mode of ['inline', 'modal']) {
      const element = document.createElement('souwen-search');
      element.setAttribute('bundle', './search/');
      element.setAttribute('mode', mode);
      document.querySelector('main')?.append(element);
    }
  });
  await site.type('文渡桥');
  await expect(site.options.first()).toContainText('文渡桥');
  await page.locator('souwen-search').nth(1).locator('input[role=combobox]').fill('夜市');
  await expect(page.locator('souwen-search').nth(1).locator('.hit').first()).toContainText('夜市');
  await expect.poll(() => page.workers().length).toBe(1);
  // What one lists, the other does not.
  await expect(site.options.first()).toContainText('文渡桥');
});

test.describe('embedded from another origin', () => {
  let elsewhere: Awaited<ReturnType<typeof serve>>;
  test.beforeAll(async () => {
    elsewhere = await serve(process.env['SOUWEN_SITE_DIR'] ?? '../target/demo');
  });
  test.afterAll(() => elsewhere.stop());

  test('the box works, in a worker, and runs only what has the digests of the page', async ({ site, page }) => {
    const origin = new URL(elsewhere.url);
    origin.hostname = 'localhost';
    await page.goto(new URL('embed.html', origin).href);
    const scripts: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/search/')) scripts.push(new URL(response.url()).hostname);
    });
    await site.type('文渡桥');
    await expect(site.options.first()).toContainText('文渡桥');
    expect(new Set(scripts)).toEqual(new Set(['127.0.0.1']));
    await expect.poll(() => page.workers().length).toBe(1);
    await site.options.first().click();
    await expect(site.reader.locator('article')).toBeVisible();
  });

  test('a script that somebody has changed does not run', async ({ page, complaints }) => {
    const origin = new URL(elsewhere.url);
    origin.hostname = 'localhost';
    await page.route(/\/search\/souwen-[0-9a-f]{12}\.js$/u, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()};window.harmed=1` });
    });
    await page.goto(new URL('embed.html', origin).href);
    await expect.poll(() => complaints.some((complaint) => complaint.includes('integrity'))).toBe(true);
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => [customElements.get('souwen-search') === undefined, 'harmed' in window])).toEqual([true, false]);
    // What the page offers without the script is still there.
    await expect(page.getByRole('searchbox')).toBeVisible();
    complaints.length = 0;
  });
});
