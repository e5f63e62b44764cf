/** One engine's page in a browser that has never seen it. */
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium as launch } from '../www/chromium.ts';
import { certificate } from './certificate.ts';
import type { FirstAnswer } from './engines/page.ts';
import { StaticHost } from './server.ts';
import type { Traffic } from './server.ts';

/** So long nothing may be asked for until everything that belongs to an answer has come. */
const QUIET_MS = 100;

/** A signal ends this program, and the browser with it, rather than the browser alone. */
const ENDS_WITH_US = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

export interface Opened {
  readonly page: Page;
  readonly first: FirstAnswer;
  /** What was sent up to the first answer, and what followed it without being asked for. */
  readonly traffic: Traffic;
}

export class EngineBrowser {
  readonly #browser: Browser;
  readonly host: StaticHost;

  private constructor(browser: Browser, host: StaticHost) {
    this.#browser = browser;
    this.host = host;
  }

  static async start(folder: string): Promise<EngineBrowser> {
    const own = await certificate();
    const host = await StaticHost.start(folder, own);
    const args = [...(launch.args ?? []), `--ignore-certificate-errors-spki-list=${own.spki}`];
    return new EngineBrowser(await chromium.launch({ ...launch, ...ENDS_WITH_US, args }), host);
  }

  get version(): string {
    return this.#browser.version();
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.host.stop();
  }

  /** Loads the page with empty caches, asks a query, hands both to `use`, and closes everything. */
  async fresh<T>(
    query: string,
    use: (opened: Opened) => Promise<T>,
    prepare?: (context: BrowserContext) => Promise<void>,
  ): Promise<T> {
    const context: BrowserContext = await this.#browser.newContext({
      locale: 'zh-CN',
      // Who intercepts requests sends them from Node, which does not know the certificate.
      ignoreHTTPSErrors: prepare !== undefined,
    });
    try {
      await prepare?.(context);
      context.setDefaultTimeout(0);
      const page = await context.newPage();
      // A page that crashes answers nothing any more, not even with an error.
      page.on('crash', () => void page.close());
      this.host.take();
      await page.goto(`${this.host.url}#${encodeURIComponent(query)}`, { timeout: 0 });
      const first = await page.evaluate(() => bench.first);
      await this.host.quiet(QUIET_MS);
      return await use({ page, first, traffic: this.host.take() });
    } finally {
      await context.close();
    }
  }

  /** Asks one more query: its time, its results' number, and what was sent for it. */
  async ask(page: Page, query: string): Promise<{ ms: number; hits: number; traffic: Traffic }> {
    this.host.take();
    const { ms, hits } = await page.evaluate((query) => bench.timed(query), query);
    await this.host.quiet(QUIET_MS);
    return { ms, hits: hits.length, traffic: this.host.take() };
  }
}
