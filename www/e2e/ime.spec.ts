import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** An input method, as the operating system would drive it. */
class InputMethod {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async on(page: Page): Promise<InputMethod> {
    return new InputMethod(await page.context().newCDPSession(page));
  }

  /** Shows letters being composed, one after the other. */
  async compose(letters: string): Promise<void> {
    for (let length = 1; length <= letters.length; length += 1) {
      const text = letters.slice(0, length);
      await this.#session.send('Input.imeSetComposition', { text, selectionStart: length, selectionEnd: length });
    }
  }

  async commit(text: string): Promise<void> {
    await this.#session.send('Input.insertText', { text });
  }
}

test('nothing is searched while a word is composed, and the word once it is committed', async ({ site, page }) => {
  await site.open();
  const searches = await site.recordEvents('souwen-search');
  const ime = await InputMethod.on(page);
  await site.input.click();
  await ime.compose("wen'du'qiao");
  await expect(site.input).toHaveValue("wen'du'qiao");
  await page.waitForTimeout(300);
  expect(await searches()).toEqual([]);
  await expect(site.options).toHaveCount(0);

  await ime.commit('文渡桥');
  await expect(site.options.first().locator('.title')).toContainText('文渡桥');
  expect((await searches()).map((search) => search.query)).toEqual(['文渡桥']);
});

test('results stay as they are while the next word is composed', async ({ site, page }) => {
  await site.open();
  const ime = await InputMethod.on(page);
  await site.input.click();
  await ime.compose('wen');
  await ime.commit('文渡桥');
  await expect(site.options.first().locator('.title')).toContainText('文渡桥');
  const before = await site.options.allInnerTexts();
  await ime.compose('yeshi');
  await page.waitForTimeout(200);
  expect(await site.options.allInnerTexts()).toEqual(before);
});

test('keys pressed inside a composition are the input method’s', async ({ site, page }) => {
  await site.open();
  const selections = await site.recordEvents('souwen-select');
  const ime = await InputMethod.on(page);
  await site.type('夜市');
  await expect(site.options.first()).toBeVisible();
  await site.input.evaluate((input: HTMLInputElement) => {
    const keys: string[] = [];
    Object.assign(window, { composedKeys: keys });
    input.addEventListener('keydown', (event) => keys.push(`${event.key} ${event.isComposing}`));
  });
  await ime.compose('wen');
  await page.keyboard.press('ArrowDown');
  await expect(site.input).not.toHaveAttribute('aria-activedescendant');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(200);
  await expect(site.reader).toBeHidden();
  expect(await selections()).toEqual([]);
  // The keys did come, while the composition lasted.
  const keys = await page.evaluate(() => (window as unknown as { composedKeys: string[] }).composedKeys);
  expect(keys).toEqual(['ArrowDown true', 'Enter true']);
});

test('the Enter that Safari sends after the composition it commits opens nothing', async ({ site }) => {
  await site.open();
  const selections = await site.recordEvents('souwen-select');
  await site.type('夜市');
  await site.page.keyboard.press('ArrowDown');
  await expect(site.options.first()).toHaveAttribute('aria-selected', 'true');
  // Safari's order of events, which Chromium cannot be made to produce.
  await site.input.evaluate((input: HTMLInputElement) => {
    const bubbling = { bubbles: true, composed: true, cancelable: true };
    input.dispatchEvent(new CompositionEvent('compositionstart', bubbling));
    input.dispatchEvent(new InputEvent('input', { ...bubbling, inputType: 'insertFromComposition' }));
    input.dispatchEvent(new CompositionEvent('compositionend', { ...bubbling, data: '夜市' }));
    input.dispatchEvent(new KeyboardEvent('keydown', { ...bubbling, key: 'Enter', isComposing: false }));
  });
  await site.page.waitForTimeout(150);
  expect(await selections()).toEqual([]);
  await site.page.keyboard.press('Enter');
  await expect.poll(async () => (await selections()).length).toBe(1);
});

test.describe('what is dictated is searched as what is typed', () => {
  test('where the platform inserts it', async ({ site, page }) => {
    await site.open();
    const searches = await site.recordEvents('souwen-search');
    await site.input.click();
    // As the system's dictation does it: a text all at once, by no key and no composition.
    await (await InputMethod.on(page)).commit('文渡桥');
    await expect(site.options.first().locator('.title')).toContainText('文渡桥');
    expect((await searches()).map((search) => search.query)).toEqual(['文渡桥']);
  });

  // Browsers call it by different names, or by none.
  for (const inputType of ['insertFromDictation', 'insertReplacementText', 'insertText', '']) {
    test(`as “${inputType}”, and again when it is put right`, async ({ site }) => {
      await site.open();
      const searches = await site.recordEvents('souwen-search');
      await site.input.click();
      for (const heard of ['文渡', '文渡桥']) {
        await site.input.evaluate(
          (input: HTMLInputElement, [text, type]) => {
            input.value = text;
            input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: type, data: text }));
          },
          [heard, inputType] as const,
        );
        await expect.poll(async () => (await searches()).at(-1)?.query).toBe(heard);
      }
      await expect(site.options.first().locator('.title')).toContainText('文渡桥');
      // The Enter after it is the reader's: no composition has just ended.
      await site.page.keyboard.press('Enter');
      await expect(site.options.first()).toHaveAttribute('aria-selected', 'true');
    });
  }
});

test.describe('on Android, whose keyboards compose all the time', () => {
  test.use({ userAgent: 'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36' });

  test('what is being composed is searched at once', async ({ site, page }) => {
    await site.open();
    const ime = await InputMethod.on(page);
    await site.input.click();
    await ime.compose('文渡桥');
    await expect(site.options.first().locator('.title')).toContainText('文渡桥');
  });
});
