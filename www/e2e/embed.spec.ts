import type { SouwenSearch } from '../widget/souwen-search.ts';
import { expect, test } from './fixtures.ts';

test('in a closed shadow tree a pressed result opens, and a press elsewhere closes the list', async ({ site, page }) => {
  await site.open();
  // Playwright sees into open trees only, so this page's mouse goes by coordinates.
  await page.evaluate(() => {
    const box = document.createElement('div');
    box.id = 'closed';
    document.querySelector('main')?.prepend(box);
    const element = document.createElement('souwen-search');
    element.setAttribute('bundle', './search/');
    element.setAttribute('reader', 'always');
    box.attachShadow({ mode: 'closed' }).append(element);
    Object.assign(window, { enclosed: element });
  });
  const enclosed = await page.evaluateHandle(() => (window as unknown as { enclosed: SouwenSearch }).enclosed);
  await enclosed.evaluate((element) => element.search('文渡桥'));
  const press = async (): Promise<void> => {
    const [x, y] = await enclosed.evaluate(async (element) => {
      await element.updateComplete;
      const box = element.shadowRoot?.querySelector('[role=option]')?.getBoundingClientRect();
      return [(box?.x ?? 0) + 20, (box?.y ?? 0) + 20] as const;
    });
    await page.mouse.click(x, y);
  };
  await press();
  await expect.poll(() => enclosed.evaluate((element) => element.shadowRoot?.querySelector('dialog')?.open)).toBe(true);
  await page.keyboard.press('Escape');
  const hidden = () => enclosed.evaluate((element) => element.shadowRoot?.querySelector<HTMLElement>('.panel')?.hidden);
  expect(await hidden()).toBe(false);
  await page.locator('.strip').click();
  await expect.poll(hidden).toBe(true);
});

test('a page that requires Trusted Types has its engine in a worker', async ({ site, page, baseURL }) => {
  await page.route('**/trusted.html', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types souwen lit-html" },
      body: `<!doctype html><html lang="zh-CN"><link rel="icon" href="data:,"><script type="module" src="./search/souwen.js"></script>
        <souwen-search bundle="./search/"></souwen-search></html>`,
    }),
  );
  await page.goto(new URL('trusted.html', baseURL).href);
  await site.type('文渡桥');
  await expect(site.options.first().locator('.title')).toContainText('文渡桥');
  await expect.poll(() => page.workers().length).toBe(1);
});

test('an engine that the page has closed is opened anew', async ({ site, page }) => {
  await site.open();
  // By then, the page itself has no more use for it.
  await expect(page.locator('#offline')).toBeVisible({ timeout: 20_000 });
  await site.host.evaluate(async (host: SouwenSearch) => (await host.whenReady()).close());
  await site.type('文渡桥');
  await expect(site.options.first().locator('.title')).toContainText('文渡桥');
});

test('attributes that make no sense are told or left aside', async ({ site }) => {
  await site.open();
  await site.host.evaluate((host: SouwenSearch) => host.setAttribute('page-size', 'abc'));
  await site.type('的');
  await expect(site.options).toHaveCount(10);
  await site.host.evaluate((host: SouwenSearch) => host.setAttribute('bundle', 'http://['));
  await expect(site.host.locator('[part=error]')).toContainText('bundle 属性');
});
