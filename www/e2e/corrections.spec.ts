import type { SearchDetail } from '../widget/events.ts';
import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

/** A bridge that the demo newspaper writes about, and slips of its name. */
const NAME = '文渡桥';
const SAME_SOUND = '文度桥';
const PINYIN = 'wenduqiao';

const corrected = (site: Site) => site.host.locator('[part=corrected]');
const asTyped = (site: Site) => site.host.locator('[part=as-typed]');

async function expectCorrected(site: Site, typed: string): Promise<void> {
  await expect(corrected(site)).toHaveText(`搜索了“${NAME}”，仍要搜“${typed}”？`);
  await expect(site.options.first().locator('.title')).toContainText(NAME);
  await expect(site.options.first().locator('mark').first()).toHaveText(NAME);
}

test('a character that sounds the same is corrected, and the element says so', async ({ site }) => {
  await site.open();
  await site.type(NAME);
  const { options } = site;
  await expect(options.first().locator('.title')).toContainText(NAME);
  await expect(corrected(site)).toHaveCount(0);
  const right = await options.allInnerTexts();

  await site.input.fill(SAME_SOUND);
  await expectCorrected(site, SAME_SOUND);
  expect(await options.allInnerTexts()).toEqual(right);
  await expect(site.host.getByRole('status')).toHaveText(new RegExp(`^搜索了“${NAME}”，找到 ${right.length} 篇报道`, 'u'));
  await options.first().click();
  await expect(site.reader.locator('mark').first()).toHaveText(NAME);
});

test('a name is found by its pinyin, its characters marked', async ({ site }) => {
  await site.open();
  await site.type(PINYIN);
  await expect(site.options.first().locator('.title')).toContainText(NAME);
  await expect(site.options.first().locator('mark').first()).toHaveText(NAME);
});

test('what was typed can be searched all the same, and stays so until the text changes', async ({ site, page }) => {
  await site.open();
  await site.type(SAME_SOUND);
  await expectCorrected(site, SAME_SOUND);
  await asTyped(site).click();
  await expect(corrected(site)).toHaveCount(0);
  await expect(site.input).toHaveValue(SAME_SOUND);
  await expect(site.input).toBeFocused();

  // A space is no other query.
  await page.keyboard.type(' ');
  await page.waitForTimeout(200);
  await expect(corrected(site)).toHaveCount(0);

  await site.input.fill(NAME);
  await expect(site.options.first().locator('.title')).toContainText(NAME);
  await site.input.fill(SAME_SOUND);
  await expectCorrected(site, SAME_SOUND);
});

test('the way back is taken by keyboard, and told to the page', async ({ site, page }) => {
  await site.open();
  await page.evaluate(() => {
    const seen: unknown[] = [];
    Object.assign(window, { searches: seen });
    document.addEventListener('souwen-search', (event) => {
      const { query, corrected } = (event as CustomEvent<SearchDetail>).detail;
      seen.push([query, corrected]);
    });
  });
  const searches = () => page.evaluate(() => (window as unknown as { searches: unknown[] }).searches);
  await site.input.fill(SAME_SOUND);
  await expectCorrected(site, SAME_SOUND);
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(asTyped(site)).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(corrected(site)).toHaveCount(0);
  await expect(site.input).toBeFocused();
  expect(await searches()).toEqual([[SAME_SOUND, NAME], [SAME_SOUND, null]]);
});

test('where a correction is only offered, a press takes it', async ({ site }) => {
  await site.open();
  await site.type(SAME_SOUND);
  await asTyped(site).click();
  await expect(corrected(site)).toHaveCount(0);
  const offer = site.host.locator('[part=corrections]').getByRole('button', { name: NAME });
  await expect(site.host.locator('[part=corrections]')).toContainText('您要找的是不是：');
  await offer.click();
  await expect(site.input).toHaveValue(NAME);
  await expect(site.options.first().locator('.title')).toContainText(NAME);
  await expect(site.host.locator('[part=corrections]')).toHaveCount(0);
});
