import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromium } from './chromium.ts';
import { program } from './program.ts';

/*
 * SOUWEN_SITE_URL   a demo site that is served already; otherwise one is started with
 * SOUWEN_BIN        the `souwen` program (default: the repository's build), on
 * SOUWEN_SITE_DIR   the demo site with its bundle in `search/` (default: target/demo)
 * SOUWEN_SCREENS    a folder for pictures of every state in this machine's fonts, which are then compared with those
 *                   there; `--update-snapshots` takes them
 * SOUWEN_LONG       let `soak` and `killed` take their time: a hundred thousand searches, a hundred downloads
 * SOUWEN_CHROMIUM   the browser (default: Debian's, or else Playwright's own)
 */
const root = import.meta.dirname;
const port = 4173;
const siteUrl = process.env['SOUWEN_SITE_URL'];
const screens = process.env['SOUWEN_SCREENS'];
const siteDir = path.resolve(root, process.env['SOUWEN_SITE_DIR'] ?? '../target/demo');

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  snapshotPathTemplate: screens ? path.resolve(root, screens, '{arg}{ext}') : '{testDir}/pictures/{arg}{ext}',
  // A machine that has much else to do is slow, not wrong.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    baseURL: siteUrl ?? `http://127.0.0.1:${port}/`,
    locale: 'zh-CN',
    viewport: { width: 1280, height: 800 },
    launchOptions: chromium,
    trace: 'retain-on-failure',
  },
  ...(siteUrl
    ? {}
    : {
        webServer: {
          command: `"${program()}" serve "${siteDir}" --port ${port}`,
          url: `http://127.0.0.1:${port}/`,
          reuseExistingServer: false,
          timeout: 30_000,
        },
      }),
});
