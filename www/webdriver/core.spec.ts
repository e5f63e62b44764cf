/**
 * The core paths in each browser that is there: search, keyboard, IME, dialog; offline.spec.ts has what works without a network.
 *
 * What cannot be automated: WebDriver drives no input method, so the composition's events are made in
 * the page, in the order in which the browser would send them.
 */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { serve } from '../program.ts';
import type { Served } from '../program.ts';
import { BROWSERS, Driver, KEYS, missing } from './driver.ts';

const SITE = path.resolve(process.env['SOUWEN_SITE_DIR'] ?? path.join(import.meta.dirname, '../../target/demo'));
const FIRST = "root && root.querySelector('.hit .title')";
const shows = (text: string): string => `(${FIRST}) && root.querySelector('.hit .title').textContent.includes('${text}')`;
const focusBox = "root.querySelector('input[role=combobox]').focus();";

for (const browser of BROWSERS) {
  test.describe.serial(browser.name, () => {
    const reason = missing(browser);
    test.skip(reason !== undefined, reason);
    let served: Served;
    let driver: Driver;
    test.beforeAll(async () => {
      served = await serve(SITE);
      driver = await Driver.start(browser);
    });
    test.afterAll(async () => {
      await driver?.stop();
      served?.stop();
    });

    test('the first search finds and marks the article', async () => {
      await driver.goto(`${served.url}search.html`);
      await driver.until("root && root.querySelector('input')");
      await driver.run(focusBox);
      await driver.type('文渡桥');
      await driver.until(shows('文渡桥'));
      expect(await driver.run("return root.querySelector('.hit mark').textContent")).toBe('文渡桥');
      expect(await driver.run("return new URLSearchParams(location.search).get('q')")).toBe('文渡桥');
    });

    test('an article is found, read and left by keyboard', async () => {
      await driver.goto(`${served.url}strict.html`);
      await driver.until("root && root.querySelector('input')");
      await driver.run(focusBox);
      await driver.type('文渡桥');
      await driver.until(shows('文渡桥'));
      await driver.press([KEYS.ArrowDown]);
      expect(await driver.run("return root.querySelector('.hit').getAttribute('aria-selected')")).toBe('true');
      expect(await driver.run("return root.querySelector('input').getAttribute('aria-activedescendant')")).toBe('option-0');
      await driver.press([KEYS.Enter]);
      await driver.until("root.querySelector('dialog.reader article')");
      await driver.press([KEYS.Escape]);
      await driver.until("!root.querySelector('dialog.reader').open");
      expect(await driver.run("return root.activeElement.localName")).toBe('input');
      await driver.press([KEYS.Escape]);
      await driver.until("root.querySelector('.panel').hidden");
    });

    test('nothing is searched while a word is composed, and the Enter that commits it opens nothing', async () => {
      await driver.goto(`${served.url}strict.html`);
      await driver.until("root && root.querySelector('input')");
      await driver.run(`${focusBox}
        window.seen = [];
        document.addEventListener('souwen-search', (event) => window.seen.push(event.detail.query));
        document.addEventListener('souwen-select', () => window.seen.push('opened'));
        const input = root.querySelector('input');
        const all = { bubbles: true, composed: true, cancelable: true };
        input.dispatchEvent(new CompositionEvent('compositionstart', all));
        for (const text of ["w", "wen", "wen'du"]) {
          input.value = text;
          input.dispatchEvent(new InputEvent('input', { ...all, isComposing: true, inputType: 'insertCompositionText' }));
        }
        input.dispatchEvent(new KeyboardEvent('keydown', { ...all, key: 'ArrowDown', isComposing: true }));`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await driver.run('return window.seen')).toEqual([]);
      await driver.run(`const input = root.querySelector('input');
        const all = { bubbles: true, composed: true, cancelable: true };
        input.value = '文渡桥';
        input.dispatchEvent(new CompositionEvent('compositionend', { ...all, data: '文渡桥' }));
        input.dispatchEvent(new InputEvent('input', { ...all, inputType: 'insertFromComposition' }));
        input.dispatchEvent(new KeyboardEvent('keydown', { ...all, key: 'Enter', isComposing: false }));`);
      await driver.until(shows('文渡桥'));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await driver.run('return window.seen')).toEqual(['文渡桥']);
    });

    test('the dialog opens by its key, keeps the focus, and gives it back', async () => {
      await driver.goto(`${served.url}articles/`);
      await driver.until("root && root.querySelector('.trigger')");
      await driver.run("root.querySelector('.trigger').focus();");
      await driver.press(['/']);
      await driver.until("root.querySelector('dialog.modal').open");
      await driver.type('文渡桥');
      await driver.until(shows('文渡桥'));
      expect(await driver.run("return root.querySelector('input').value")).toBe('文渡桥');
      await driver.press([KEYS.Escape]);
      await driver.until("!root.querySelector('dialog.modal').open");
      expect(await driver.run("return root.activeElement.className")).toBe('trigger');
      await driver.press(['k'], [KEYS.Control]);
      await driver.until("root.querySelector('dialog.modal').open");
    });
  });
}
