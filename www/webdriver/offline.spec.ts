/**
 * What works without a network in each browser that is there. WebDriver cuts no network, so the server is stopped; and its own
 * command to reload takes a page that comes without a server for an error in Firefox, so the page reloads itself.
 */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { serve } from '../program.ts';
import type { Served } from '../program.ts';
import { BROWSERS, Driver, KEYS, missing } from './driver.ts';

const SITE = path.resolve(process.env['SOUWEN_SITE_DIR'] ?? path.join(import.meta.dirname, '../../target/demo'));

for (const browser of BROWSERS) {
  test.describe(browser.name, () => {
    const reason = missing(browser);
    test.skip(reason !== undefined, reason);
    let served: Served;
    let driver: Driver;
    // Another port is another site, of which nothing is kept.
    test.beforeEach(async () => {
      served = await serve(SITE);
      driver = await Driver.start(browser);
    });
    test.afterEach(async () => {
      await driver?.stop();
      served?.stop();
    });

    /** Stops the server, and proves that nothing answers for it. */
    async function stopServer(): Promise<void> {
      served.stop();
      const reached = "return fetch('./never-kept.json?' + Math.random()).then(() => true, () => false);";
      await expect.poll(() => driver.runAsync(reached), { timeout: 10_000 }).toBe(false);
    }

    async function finds(query: string): Promise<void> {
      await driver.run("root.querySelector('input[role=combobox]').focus(); root.querySelector('.clear').click();");
      await driver.type(query);
      await driver.until(`root.querySelector('.hit mark') && root.querySelector('.hit mark').textContent === '${query}'`);
    }

    async function reads(): Promise<void> {
      await driver.run("host.setAttribute('reader', 'always');");
      await driver.press([KEYS.Enter]);
      await driver.until("root.querySelector('.hit[aria-selected=true]')");
      await driver.press([KEYS.Enter]);
      await driver.until("root.querySelector('dialog.reader article > p') && root.querySelector('dialog.reader article > p').textContent");
      await driver.press([KEYS.Escape]);
      await driver.until("!root.querySelector('dialog.reader').open");
    }

    test('what was saved is searched and read after the server has gone', async () => {
      await driver.goto(`${served.url}search.html`);
      await driver.until("root && root.querySelector('input')");
      test.skip(!(await driver.run<boolean>("return 'caches' in window;")), 'this browser, as it is driven, keeps nothing');
      await driver.run("root.querySelector('input').focus();");
      await driver.until("root.querySelector('[part=offline-save]')");
      await driver.run("root.querySelector('[part=offline-save]').click();");
      await driver.until("root.querySelector('.offline[data-state=all] .badge')");
      await stopServer();
      for (const query of ['文渡桥', '夜市', '图书馆', '斑马线']) {
        await finds(query);
        await reads();
      }
    });

    test('the page itself comes again after the server has gone, and searches and reads', async () => {
      await driver.goto(served.url);
      await driver.until("document.querySelector('.lead h2')");
      const workers = await driver.run<boolean>("return 'serviceWorker' in navigator && 'caches' in window;");
      test.skip(!workers, 'this browser, as it is driven, has no service workers');
      await driver.until("!document.getElementById('offline').hidden && navigator.serviceWorker.controller");
      await stopServer();
      await driver.run("window.before = true; setTimeout(() => location.reload());");
      await driver.until("!window.before && document.querySelector('.lead h2')");
      for (const query of ['文渡桥', '夜市', '图书馆', '斑马线']) {
        await finds(query);
        await reads();
      }
    });
  });
}
