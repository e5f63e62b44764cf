import { expect, test } from './fixtures.ts';

test('the first search finds the article, marks it, and says how many there are', async ({ site, page }) => {
  const loaded: string[] = [];
  page.on('response', (response) => loaded.push(new URL(response.url()).pathname));
  await site.open();
  await site.type('文渡桥');
  const first = site.options.first();
  await expect(first.locator('.title')).toContainText('文渡桥');
  await expect(first.locator('mark').first()).toHaveText('文渡桥');
  await expect(first.locator('time')).toHaveText(/^\d{4}年\d{1,2}月\d{1,2}日$/);
  for (const option of await site.options.all()) await expect(option).toContainText('文渡桥');
  const count = await site.options.count();
  expect(count).toBeGreaterThan(1);
  await expect(site.host.locator('.summary')).toHaveText(`找到 ${count} 篇报道`);
  await expect(site.host.getByRole('status')).toHaveText(`找到 ${count} 篇报道`);
  // The real engine answered: its module and its index came out of the bundle, into a worker.
  expect(loaded).toContainEqual(expect.stringMatching(/\/search\/souwen-[0-9a-f]+\.wasm$/u));
  expect(loaded).toContainEqual(expect.stringMatching(/\/search\/index-[0-9a-f]+\.souwen$/u));
  expect(page.workers().map((worker) => worker.url())).toEqual([expect.stringMatching(/souwen-worker-[0-9a-f]+\.js$/u)]);
});

test('an article opens over the page and gives focus and results back', async ({ site, page }) => {
  await site.open();
  await site.type('文渡桥');
  await expect(site.options.first().locator('.title')).toContainText('文渡桥');
  const title = await site.options.first().locator('.title').innerText();
  await site.options.first().click();
  await expect(site.reader.getByRole('heading')).toHaveText(title);
  await expect(site.reader.getByRole('heading')).toBeFocused();
  await expect(site.reader.locator('article > p').first()).not.toBeEmpty();
  await expect(site.reader.locator('mark').first()).toHaveText('文渡桥');
  await page.keyboard.press('Escape');
  await expect(site.reader).toBeHidden();
  await expect(site.input).toBeFocused();
  await expect(site.options.first().locator('.title')).toHaveText(title);
});

test('the list keeps its place while an article is read', async ({ site }) => {
  await site.open();
  await site.type('的');
  await expect(site.options.nth(9)).toBeVisible();
  await site.options.nth(6).scrollIntoViewIfNeeded();
  const scrolled = await site.panel.evaluate((panel) => panel.scrollTop);
  expect(scrolled).toBeGreaterThan(100);
  await site.options.nth(6).click();
  await site.reader.getByRole('button', { name: '返回结果' }).click();
  await expect(site.reader).toBeHidden();
  expect(await site.panel.evaluate((panel) => panel.scrollTop)).toBeCloseTo(scrolled, -1);
});

test('more results are added below, without repeating any', async ({ site }) => {
  await site.open();
  await site.type('的');
  await expect(site.options).toHaveCount(10);
  const firstPage = await site.options.locator('.title').allInnerTexts();
  await site.host.getByRole('button', { name: '更多结果' }).click();
  await expect.poll(() => site.options.count()).toBeGreaterThan(10);
  const all = await site.options.evaluateAll((options) => options.map((option) => option.textContent));
  expect(new Set(all).size).toBe(all.length);
  expect((await site.options.locator('.title').allInnerTexts()).slice(0, 10)).toEqual(firstPage);
});

test('words that no article has together are said to be missing, once for all and for each', async ({ site }) => {
  await site.open();
  await site.input.fill('文渡桥 龘靐齉');
  await expect(site.host.locator('[part~=relaxed]')).toHaveText(/^没有报道含有全部词语，以下 [1-9]\d* 篇只含部分$/u);
  await expect(site.options.first()).toContainText('文渡桥');
  for (const option of await site.options.all()) await expect(option.locator('.missing')).toContainText(/^不含：.*龘/u);
});

test('articles with all words come first, and the count tells them from the rest', async ({ site }) => {
  await site.open();
  await site.input.fill('夜市 糯米藕');
  const relaxed = site.host.locator('[part~=relaxed]');
  await expect(relaxed).toHaveText(/^[1-9]\d* 篇含有全部词语，另有 [1-9]\d* 篇只含部分$/u);
  const [complete = 0, partial = 0] = ((await relaxed.textContent()) ?? '').match(/\d+/gu)?.map(Number) ?? [];
  await expect(site.options).toHaveCount(complete + partial);
  for (const [index, option] of (await site.options.all()).entries()) {
    if (index >= complete) {
      await expect(option.locator('.missing')).toHaveText(/^不含：./u);
      continue;
    }
    await expect(option.locator('.missing')).toHaveCount(0);
    await option.click();
    await expect(site.reader.locator('article')).toContainText('夜市');
    await expect(site.reader.locator('article')).toContainText('糯米藕');
    await site.page.keyboard.press('Escape');
  }
});

test('a table is read as a table, and scrolls by itself where it is too wide', async ({ site, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await site.open();
  await site.type('轻度污染');
  await site.options.first().click();
  const table = site.reader.getByRole('table');
  await expect(table.getByRole('columnheader').nth(1)).toHaveText('AQI');
  await expect(table.getByRole('row')).toHaveCount(8);
  await expect(table.getByRole('row').nth(4).getByRole('rowheader')).toHaveText('6月12日');
  await expect(table.getByRole('row').nth(4).getByRole('cell')).toHaveText(['104', '36', '69', '165', '轻度污染']);
  await expect(table.locator('mark')).toHaveText('轻度污染');
  const scroll = await site.reader.locator('.reader-scroll').evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(scroll).toBeLessThanOrEqual(0);
});

test('nothing found says so and what to try', async ({ site }) => {
  await site.open();
  await site.input.fill('龘靐齉');
  await expect(site.panel).toContainText('没有找到与“龘靐齉”有关的报道');
  await expect(site.panel.getByRole('listitem').first()).toBeVisible();
  await expect(site.options).toHaveCount(0);
});

test('the last of many fast queries is the one shown', async ({ site }) => {
  await site.open();
  await site.input.evaluate((input: HTMLInputElement) => {
    for (const query of ['河', '夜市', '学校', '桥', '文渡桥']) {
      input.value = query;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }
  });
  await expect(site.options.first().locator('.title')).toContainText('文渡桥');
  await site.page.waitForTimeout(300);
  await expect(site.options.first().locator('.title')).toContainText('文渡桥');
});

test('without a bundle at its address the box says what to do', async ({ site, complaints }) => {
  await site.open();
  const error = site.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const element = document.createElement('souwen-search');
        element.setAttribute('bundle', './nowhere/');
        element.addEventListener('souwen-error', (event) => {
          resolve((event as CustomEvent<{ error: { code: string } }>).detail.error.code);
        });
        document.querySelector('main')?.prepend(element);
        void element.search('河');
      }),
  );
  expect(await error).toBe('bundle-not-found');
  const box = site.page.locator('main souwen-search');
  await expect(box.locator('[part=error]')).toContainText('没有找到搜索数据');
  await expect(box.getByRole('button', { name: '重试' })).toBeVisible();
  await expect(site.page.locator('.lead h2')).toBeVisible();
  // The missing file is what this test is about.
  expect(complaints.some((complaint) => complaint.includes('404'))).toBe(true);
  complaints.length = 0;
});

test('where workers are not to be had, the engine runs on the page’s own thread', async ({ site, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'Worker');
  });
  await site.open();
  await site.type('文渡桥');
  await expect(site.options.first().locator('.title')).toContainText('文渡桥');
});

test('an article found by a keyword alone shows the keyword', async ({ site }) => {
  await site.open();
  await site.type('城管');
  await site.options.filter({ hasText: '斑马线' }).click();
  await expect(site.reader.locator('footer')).toHaveText(/^关键词：.*城管/u);
  await expect(site.reader.locator('footer mark')).toHaveText('城管');
});
