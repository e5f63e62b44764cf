import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';

/** A page of an article, whose search is a dialog. */
async function openArticle(site: Site): Promise<void> {
  await site.visit('./articles/');
}

const dialog = (site: Site) => site.host.locator('dialog.modal');
const trigger = (site: Site) => site.host.getByRole('button', { name: '搜索', exact: true });

test('the button opens the dialog with the focus in the box, and gets it back', async ({ site, page }) => {
  await openArticle(site);
  await trigger(site).click();
  await expect(dialog(site)).toBeVisible();
  await expect(site.input).toBeFocused();
  await page.keyboard.type('文渡桥', { delay: 20 });
  await expect(site.options.first()).toContainText('文渡桥');
  await page.keyboard.press('Escape');
  await expect(dialog(site)).toBeHidden();
  await expect(trigger(site)).toBeFocused();
  // What was searched is still there.
  await page.keyboard.press('Enter');
  await expect(site.input).toHaveValue('文渡桥');
  await expect(site.options.first()).toContainText('文渡桥');
  await page.mouse.click(5, 700);
  await expect(dialog(site)).toBeHidden();
});

test('Ctrl+K and / open it from anywhere but where somebody writes', async ({ site, page }) => {
  await openArticle(site);
  for (const key of ['Control+k', '/']) {
    await page.keyboard.press(key);
    await expect(dialog(site)).toBeVisible();
    await expect(site.input).toBeFocused();
    await expect(site.input).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(dialog(site)).toBeHidden();
  }
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    document.querySelector('main')?.prepend(field);
    field.focus();
  });
  await page.keyboard.press('/');
  await page.keyboard.press('Control+k');
  await expect(dialog(site)).toBeHidden();
  await expect(page.locator('textarea')).toHaveValue('/');

  await page.locator('textarea').evaluate((field) => field.remove());
  await site.host.evaluate((host) => host.setAttribute('shortcuts', 'alt+s'));
  await page.keyboard.press('Control+k');
  await expect(dialog(site)).toBeHidden();
  await page.keyboard.press('Alt+s');
  await expect(dialog(site)).toBeVisible();
});

test('the focus stays in the dialog, and what is behind cannot be reached', async ({ site, page }) => {
  await openArticle(site);
  await trigger(site).click();
  await page.keyboard.type('夜市', { delay: 20 });
  await expect(site.options.first()).toBeVisible();
  const outside = await page.evaluate(() => document.activeElement?.localName);
  expect(outside).toBe('souwen-search');
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    const where = await page.evaluate(() => {
      const inner = document.activeElement?.shadowRoot?.activeElement;
      return inner ? Boolean(inner.closest('dialog')) : document.activeElement?.localName;
    });
    // Past the last, the browser's own buttons have a turn.
    expect([true, 'body']).toContain(where);
  }
});

test('Esc closes the article that was opened from the dialog, then the dialog', async ({ site, page }) => {
  await openArticle(site);
  await site.host.evaluate((host) => host.setAttribute('reader', 'always'));
  await trigger(site).click();
  await page.keyboard.type('文渡桥', { delay: 20 });
  await expect(site.options.first()).toContainText('文渡桥');
  await site.options.first().click();
  await expect(site.reader.locator('article')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(site.reader).toBeHidden();
  await expect(dialog(site)).toBeVisible();
  await expect(site.input).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog(site)).toBeHidden();
});

test('Esc that ends a composition leaves the dialog open', async ({ site, page }) => {
  await openArticle(site);
  await trigger(site).click();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'wen', selectionStart: 3, selectionEnd: 3 });
  await page.keyboard.press('Escape');
  await page.waitForTimeout(150);
  await expect(dialog(site)).toBeVisible();
});

test('what is found is announced inside the dialog, where it can be heard', async ({ site, page }) => {
  await openArticle(site);
  await trigger(site).click();
  await page.keyboard.type('文渡桥', { delay: 20 });
  await expect(dialog(site).getByRole('status')).toHaveText(/^找到 \d+ 篇报道$/u);
});

test('a page’s own button takes the place of the element’s', async ({ site, page }) => {
  await openArticle(site);
  await site.host.evaluate((host) => {
    const button = document.createElement('button');
    button.slot = 'trigger';
    button.textContent = '找一找';
    host.append(button);
  });
  await expect(trigger(site)).toBeHidden();
  await page.getByRole('button', { name: '找一找' }).click();
  await expect(site.input).toBeFocused();
});

test('where the browser has no dialogs, a box of our own does the same', async ({ site, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(HTMLDialogElement.prototype, 'showModal');
    Reflect.deleteProperty(HTMLDialogElement.prototype, 'close');
  });
  await openArticle(site);
  await site.host.evaluate((host) => host.setAttribute('reader', 'always'));
  await trigger(site).click();
  await expect(site.input).toBeFocused();
  await page.keyboard.type('文渡桥', { delay: 20 });
  await expect(site.options.first()).toContainText('文渡桥');
  await site.options.first().click();
  await expect(site.reader.locator('article')).toBeVisible();
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press('Tab');
    expect(await site.host.evaluate((host) => Boolean(host.shadowRoot?.activeElement?.closest('dialog.reader')))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(site.reader).toBeHidden();
  await expect(site.input).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog(site)).toBeHidden();
  await expect(trigger(site)).toBeFocused();
});
