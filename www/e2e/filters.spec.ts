import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

/** A query that many articles of the demo newspaper answer. */
const COMMON = '的';

/** The button of a field, and the values that it unfolds. */
const sections = (site: Site): Locator => site.host.getByRole('button', { name: '版面' });
const section = (site: Site, name: string): Locator => site.host.getByRole('group', { name: '版面' }).getByRole('checkbox', { name: new RegExp(`^${name} `, 'u') });

/** How many articles a value is said to leave. */
async function countOf(value: Locator): Promise<number> {
  return Number(/\((\d+)\)$/u.exec((await value.locator('..').innerText()).trim())?.[1]);
}

test('results are narrowed to a section, and what else there is to choose stays', async ({ site }) => {
  await site.open();
  await site.type(COMMON);
  await expect(section(site, '副刊')).toBeHidden();
  await sections(site).click();
  const offered = await site.host.locator('[part=filter-value]').allInnerTexts();
  expect(offered.length).toBeGreaterThan(2);
  const count = await countOf(section(site, '副刊'));
  expect(count).toBeGreaterThan(1);
  await section(site, '副刊').check();
  await expect(site.host.locator('.summary')).toHaveText(`找到 ${count} 篇报道`);
  for (const option of await site.host.locator('.result .meta').all()) await expect(option).toContainText('副刊');
  expect(await site.host.locator('[part=filter-value]').allInnerTexts()).toEqual(offered);
  await expect(site.host.getByRole('status').first()).toHaveText(`找到 ${count} 篇报道`);
  await expect(sections(site)).toHaveText('版面：副刊');

  await site.host.getByRole('button', { name: '清除筛选' }).click();
  await expect(section(site, '副刊')).not.toBeChecked();
  await expect(sections(site)).toHaveText('全部版面');
  await expect(site.host.locator('.summary')).not.toHaveText(`找到 ${count} 篇报道`);
});

test('results are narrowed to several sections at once, by keyboard alone', async ({ site, page }) => {
  await site.open();
  await site.type(COMMON);
  await expect(site.options.first()).toBeVisible();
  await site.tabTo(sections(site));
  await expect(sections(site)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(sections(site)).toHaveAttribute('aria-expanded', 'true');
  const counts = [await countOf(section(site, '副刊')), await countOf(section(site, '民生'))] as const;
  await site.tabTo(section(site, '副刊'));
  await page.keyboard.press('Space');
  await expect(site.host.locator('.summary')).toHaveText(`找到 ${counts[0]} 篇报道`);
  await site.tabTo(section(site, '民生'));
  await page.keyboard.press('Space');
  await expect(site.host.locator('.summary')).toHaveText(`找到 ${counts[0] + counts[1]} 篇报道`);
  await expect(section(site, '民生')).toBeFocused();
  await expect(sections(site)).toHaveText('版面：副刊、民生');
  for (const option of await site.host.locator('.result .meta').all()) await expect(option).toContainText(/副刊|民生/u);
  await page.keyboard.press('Space');
  await expect(site.host.locator('.summary')).toHaveText(`找到 ${counts[0]} 篇报道`);
  // The button goes; the focus does not go with it.
  await site.tabTo(site.host.getByRole('button', { name: '清除筛选' }));
  await page.keyboard.press('Enter');
  await expect(sections(site)).toHaveText('全部版面');
  await expect(site.input).toBeFocused();
});

test('results are narrowed to days, by a year and from day to day', async ({ site }) => {
  await site.open();
  await site.type(COMMON);
  const date = site.host.getByRole('combobox', { name: '日期' });
  const dates = () => site.host.locator('.result time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''));
  await date.selectOption('..');
  const [from, to] = [site.host.getByLabel('从'), site.host.getByLabel('到')];
  await from.fill('2025-06-01');
  await expect.poll(async () => (await dates()).every((day) => day >= '2025-06-01')).toBe(true);
  await to.fill('2025-09-30');
  await expect.poll(async () => (await dates()).every((day) => day >= '2025-06-01' && day <= '2025-09-30')).toBe(true);
  expect((await dates()).length).toBeGreaterThan(3);
  // Whoever swaps the two means the same days.
  const before = await dates();
  await from.fill('2025-09-30');
  await to.fill('2025-06-01');
  await expect.poll(dates).toEqual(before);

  await date.selectOption('2025');
  await expect(from).toHaveCount(0);
  await expect.poll(async () => (await dates()).every((day) => day.startsWith('2025'))).toBe(true);
});

test('a quick range that leaves nothing says so, and lets go', async ({ site, page }) => {
  // The archive is of 2025.
  await page.clock.setFixedTime(new Date('2031-05-01T12:00:00'));
  await site.open();
  await site.type(COMMON);
  await expect(site.options.first()).toBeVisible();
  await site.host.getByRole('combobox', { name: '日期' }).selectOption('week');
  await expect(site.panel).toContainText('这样筛选之后没有报道了');
  await expect(site.options).toHaveCount(0);
  await site.host.getByRole('button', { name: '清除筛选' }).click();
  await expect(site.options.first()).toBeVisible();
});

test('the newest come first where the reader wants it, and more of them without losing the place', async ({ site }) => {
  await site.open();
  await site.type(COMMON);
  await expect(site.options).toHaveCount(10);
  await site.host.getByRole('combobox', { name: '排序' }).selectOption('date');
  const days = () => site.host.locator('.result time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''));
  await expect.poll(async () => (await days())[0]).toBe('2025-12-17');
  await site.host.getByRole('button', { name: '更多结果' }).scrollIntoViewIfNeeded();
  const scrolled = await site.panel.evaluate((panel) => panel.scrollTop);
  await site.host.getByRole('button', { name: '更多结果' }).click();
  await expect.poll(() => site.options.count()).toBeGreaterThan(10);
  expect(await site.panel.evaluate((panel) => panel.scrollTop)).toBeGreaterThanOrEqual(scrolled - 1);
  const all = await days();
  expect(all).toEqual([...all].sort().reverse());
});

test('the filters stay with the next query, and go when the box is cleared', async ({ site }) => {
  await site.open();
  await site.type(COMMON);
  await sections(site).click();
  await section(site, '民生').check();
  await site.input.fill('人');
  await expect(site.host.locator('.result mark').first()).toHaveText('人');
  for (const option of await site.host.locator('.result .meta').all()) await expect(option).toContainText('民生');
  await site.host.getByRole('button', { name: '清除', exact: true }).click();
  await site.input.fill(COMMON);
  await expect(sections(site)).toHaveText('全部版面');
});
