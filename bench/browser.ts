/** One engine's page in a browser that has never seen it. */
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { chromium as launch } from '../www/chromium.ts';
import { certificate } from './certificate.ts';
import { ANSWERED, FAILED } from './engines/page.ts';
import { StaticHost } from './server.ts';
import type { Traffic } from './server.ts';

/** So long nothing may be asked for until everything that belongs to an answer has come. */
const QUIET_MS = 100;

/** So long a new tab is left alone before anything is loaded in it: a reader's has been there for a while. */
const SETTLED_MS = 500;

/** How often it is looked whether a page has its answer. */
const LOOK_MS = 50;

/** A signal ends this program, and the browser with it, rather than the browser alone. */
const ENDS_WITH_US = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/** The first answer of a page that nobody looked into. */
export interface Undisturbed {
  readonly ms: number;
  /** Results with title and snippet. */
  readonly shown: number;
  /** What was sent up to the answer, and what followed it without being asked for. */
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
    use: (page: Page) => Promise<T>,
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
      await page.goto(this.#asking(query), { timeout: 0 });
      await page.evaluate(() => bench.first);
      await this.host.quiet(QUIET_MS);
      return await use(page);
    } finally {
      await context.close();
    }
  }

  /**
   * The first answer alone, as it is where no developer tools follow the page's requests, which costs milliseconds for each
   * of them: the page tells by its title. With empty caches, too.
   */
  async undisturbed(query: string): Promise<Undisturbed> {
    const session = await this.#browser.newBrowserCDPSession();
    const { browserContextId } = await session.send('Target.createBrowserContext');
    try {
      const { targetId } = await session.send('Target.createTarget', { url: 'about:blank', browserContextId });
      const { sessionId } = await session.send('Target.attachToTarget', { targetId });
      await sleep(SETTLED_MS);
      this.host.take();
      const navigate = { id: 1, method: 'Page.navigate', params: { url: this.#asking(query) } };
      await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify(navigate) });
      const { ms, shown } = await answerOf(session, targetId);
      await this.host.quiet(QUIET_MS);
      return { ms, shown, traffic: this.host.take() };
    } finally {
      await session.send('Target.disposeBrowserContext', { browserContextId });
      await session.detach();
    }
  }

  /** The page's address with what it asks first. */
  #asking(query: string): string {
    return `${this.host.url}#${encodeURIComponent(query)}`;
  }

  /** Asks one more query: its time, its results' number, and what was sent for it. */
  async ask(page: Page, query: string): Promise<{ ms: number; hits: number; traffic: Traffic }> {
    this.host.take();
    const { ms, hits } = await page.evaluate((query) => bench.timed(query), query);
    await this.host.quiet(QUIET_MS);
    return { ms, hits: hits.length, traffic: this.host.take() };
  }
}

/** What a page's title says, once it says it. */
async function answerOf(session: CDPSession, targetId: string): Promise<{ ms: number; shown: number }> {
  for (;;) {
    await sleep(LOOK_MS);
    const { targetInfos } = await session.send('Target.getTargets');
    const page = targetInfos.find((target) => target.targetId === targetId);
    if (!page) throw new Error('The page is gone.');
    if (page.title.startsWith(FAILED)) throw new Error(page.title.slice(FAILED.length + 1));
    const [word, ms, shown] = page.title.split(' ');
    if (word === ANSWERED) return { ms: Number(ms), shown: Number(shown) };
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
