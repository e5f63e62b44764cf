import { defineConfig } from '@playwright/test';

/*
 * The core paths in browsers that Playwright does not drive as they are installed: Firefox by geckodriver,
 * WebKitGTK by WebKitWebDriver. A browser whose driver is not installed is skipped, and named.
 *
 * SOUWEN_GECKODRIVER, SOUWEN_FIREFOX            default: geckodriver, firefox-esr
 * SOUWEN_WEBKITDRIVER, SOUWEN_MINIBROWSER       default: WebKitWebDriver, where Debian puts MiniBrowser
 */
export default defineConfig({ testDir: '.', outputDir: '../test-results/webdriver', workers: 1, reporter: 'list', timeout: 120_000 });
