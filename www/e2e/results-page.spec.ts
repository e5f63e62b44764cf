import { expect, test } from './fixtures.ts';

test('an address shows its results, and says which', async ({ site, page }) => {
  await site.visit(`./search.html?${new URLSearchParams([['q', '的'], ['section', '民生'], ['section', '副刊'], ['sort', 'date']]).toString()}`);
  await expect(site.input).toHaveValue('的');
  await expect(site.host.getByRole('button', { name: '版面' })).toHaveText('版面：民生、副刊');
  await expect(site.host.getByRole('combobox', { name: '排序' })).toHaveValue('date');
  for (const option of await site.host.locator('.result .meta').all()) await expect(option).toContainText(/民生|副刊/u);
  expect(new URL(page.url()).searchParams.get('q')).toBe('的');
});

test('several values of a filter stand in the address, each by itself, and Back takes one away', async ({ site, page }) => {
  await site.visit(`./search.html?q=${encodeURIComponent('的')}`);
  const sections = (): string[] => new URL(page.url()).searchParams.getAll('section');
  const button = site.host.getByRole('button', { name: '版面' });
  await button.click();
  for (const name of [/^民生 /u, /^副刊 /u]) await site.host.getByRole('checkbox', { name }).check();
  await expect.poll(sections).toEqual(['民生', '副刊']);
  await page.goBack();
  await expect.poll(sections).toEqual(['民生']);
  await expect(button).toHaveText('版面：民生');
  await expect(site.host.getByRole('checkbox', { name: /^副刊 /u })).not.toBeChecked();
  await page.reload();
  await expect(button).toHaveText('版面：民生');
});

test('what is typed and chosen stands in the address, and Back and Forward go through it', async ({ site, page }) => {
  await site.visit('./search.html');
  const param = (name: string) => new URL(page.url()).searchParams.get(name);
  await site.type('河');
  await expect(site.options.first()).toBeVisible();
  await page.keyboard.press('Enter');
  expect(param('q')).toBe('河');
  const first = await site.options.allInnerTexts();
  await site.host.getByRole('combobox', { name: '日期' }).selectOption('2025');
  await expect.poll(() => param('date')).toBe('2025');
  await site.input.fill('');
  await site.type('文渡桥');
  await expect(site.options.first()).toContainText('文渡桥');
  await expect.poll(() => param('q')).toBe('文渡桥');

  await page.goBack();
  await expect(site.input).toHaveValue('河');
  await expect(site.host.getByRole('combobox', { name: '日期' })).toHaveValue('2025');
  await page.goBack();
  await expect(site.host.getByRole('combobox', { name: '日期' })).toHaveValue('');
  await expect.poll(() => site.options.allInnerTexts()).toEqual(first);
  await page.goBack();
  await expect(site.input).toHaveValue('');
  await expect(site.options).toHaveCount(0);
  await page.goForward();
  await expect(site.input).toHaveValue('河');
  await expect.poll(() => site.options.allInnerTexts()).toEqual(first);

  await page.reload();
  await expect(site.input).toHaveValue('河');
  await expect.poll(() => site.options.allInnerTexts()).toEqual(first);
});

test('typing letter by letter makes one step of the history, not many', async ({ site, page }) => {
  await site.visit('./search.html');
  const before = await page.evaluate(() => history.length);
  await site.type('文渡桥夜市');
  await expect(site.options.first()).toBeVisible();
  expect(await page.evaluate(() => history.length)).toBe(before + 1);
});

test('what else stands in the address stays there', async ({ site, page }) => {
  await site.visit('./search.html?from=wechat#top');
  await site.type('河');
  await expect(site.options.first()).toBeVisible();
  expect(page.url()).toMatch(/\?from=wechat&q=[^&]+#top$/u);
});

test('nonsense in an address is no harm', async ({ site }) => {
  await site.visit(`./search.html?q=${encodeURIComponent('河')}&date=yesterday&sort=up&section=${encodeURIComponent('没有这一版')}`);
  await expect(site.panel).toContainText('这样筛选之后没有报道了');
  await site.host.getByRole('button', { name: '清除筛选' }).click();
  await expect(site.options.first()).toBeVisible();
});

test('from the box on the front page all results are one link away', async ({ site, page }) => {
  await site.open();
  await site.type('文渡桥');
  await site.host.getByRole('link', { name: '查看全部结果' }).click();
  await expect(page).toHaveURL(/search\.html\?q=/u);
  await expect(site.input).toHaveValue('文渡桥');
  await expect(site.options.first()).toContainText('文渡桥');
});

test('without JavaScript a plain form stands in its place, and leads to the same address', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(new URL('search.html', baseURL).href);
  await page.getByRole('searchbox').fill('文渡桥');
  await page.getByRole('button', { name: '搜索' }).click();
  await expect(page).toHaveURL(/search\.html\?q=/u);
  await context.close();
});
