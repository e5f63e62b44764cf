/** How tests and benches start the browser. */
import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

const executable = process.env['SOUWEN_CHROMIUM'] ?? '/usr/bin/chromium';

export const chromium: LaunchOptions = {
  ...(existsSync(executable) ? { executablePath: executable } : {}),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
