import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from '@playwright/test';

/*
 * SOUWEN_SITE_URL   a demo site that is served already; otherwise one is started with
 * SOUWEN_BIN        the `souwen` program (default: the newest build), on
 * SOUWEN_SITE_DIR   the demo site with its bundle in `search/` (default: dist-demo)
 * SOUWEN_CHROMIUM   the browser (default: Debian's, or else Playwright's own)
 */
const root = import.meta.dirname;
const port = 4173;
const siteUrl = process.env['SOUWEN_SITE_URL'];
const siteDir = path.resolve(root, process.env['SOUWEN_SITE_DIR'] ?? 'dist-demo');
const chromium = process.env['SOUWEN_CHROMIUM'] ?? '/usr/bin/chromium';

function program(): string {
  const builds = ['release', 'debug'].map((profile) => path.resolve(root, '../target', profile, 'souwen'));
  return process.env['SOUWEN_BIN'] ?? builds.find((file) => existsSync(file)) ?? 'souwen';
}

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  timeout: 30_000,
  use: {
    browserName: 'chromium',
    baseURL: siteUrl ?? `http://127.0.0.1:${port}/`,
    locale: 'zh-CN',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
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
