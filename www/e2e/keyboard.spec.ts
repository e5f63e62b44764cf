import { expect, test } from './fixtures.ts';

test('an article is found, read and left by keyboard alone', async ({ site, page }) => {
  await site.open();
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(site.input).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.type('夜市', { delay: 20 });
  await expect(site.input).toHaveAttribute('aria-expanded', 'true');
  await expect(site.options.first().locator('mark').first()).toHaveText('夜市');
  await expect(site.input).not.toHaveAttribute('aria-activedescendant');

  await page.keyboard.press('ArrowDown');
  await expect(site.options.first()).toHaveAttribute('aria-selected', 'true');
  const id = await site.options.first().getAttribute('id');
  await expect(site.input).toHaveAttribute('aria-activedescendant', id ?? '');
  await page.keyboard.press('ArrowUp');
  await expect(site.input).not.toHaveAttribute('aria-activedescendant');

  await page.keyboard.press('Enter');
  await expect(site.options.first()).toHaveAttribute('aria-selected', 'true');
  const title = await site.options.first().locator('.title').innerText();
  await page.keyboard.press('Enter');
  await expect(site.reader.getByRole('heading')).toBeFocused();
  await expect(site.reader.getByRole('heading')).toHaveText(title);
  await expect(site.reader.locator('article mark').first()).toHaveText('夜市');

  await page.keyboard.press('Escape');
  await expect(site.reader).toBeHidden();
  await expect(site.input).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(site.panel).toBeHidden();
  await expect(site.input).toHaveValue('夜市');
  await page.keyboard.press('ArrowDown');
  await expect(site.panel).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(site.input).toHaveValue('');
});

test('the arrow beyond the last result loads more and goes on', async ({ site, page }) => {
  await site.open();
  await site.type('的');
  await expect(site.options).toHaveCount(10);
  for (let step = 0; step < 11; step += 1) await page.keyboard.press('ArrowDown');
  await expect.poll(() => site.options.count()).toBeGreaterThan(10);
  await expect(site.options.nth(10)).toHaveAttribute('aria-selected', 'true');
  await expect(site.options.nth(10)).toBeInViewport();
});

test('Home and End stay with the text, and leaving the box closes the list', async ({ site, page }) => {
  await site.open();
  await site.type('夜市');
  await expect(site.options.first()).toBeVisible();
  await page.keyboard.press('Home');
  expect(await site.input.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(0);
  await expect(site.options.first()).toHaveAttribute('aria-selected', 'false');
  await page.locator('.strip').click();
  await expect(site.panel).toBeHidden();
});

test('the links of the front page are read in place, and Back closes the article', async ({ site, page }) => {
  await site.open();
  const headline = page.locator('.lead h2 a');
  const title = await headline.innerText();
  await headline.focus();
  await page.keyboard.press('Enter');
  await expect(site.reader.getByRole('heading')).toHaveText(title);
  await page.goBack();
  await expect(site.reader).toBeHidden();
  await headline.click();
  await expect(site.reader.getByRole('heading')).toHaveText(title);
  await page.keyboard.press('Escape');
  await expect(site.reader).toBeHidden();
  await expect(page).not.toHaveURL(/souwen-read/u);
});
