import { defineConfig } from '@playwright/test';
import { chromium } from '../chromium.ts';

/*
 * SOUWEN_BIN        the `souwen` program that builds the bundle (default: the repository's build)
 * SOUWEN_CHROMIUM   the browser (default: Debian's, or else Playwright's own)
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/bench',
  workers: 1,
  reporter: 'line',
  timeout: 300_000,
  use: { browserName: 'chromium', locale: 'zh-CN', launchOptions: chromium },
});
