/** As much of WebDriver (https://www.w3.org/TR/webdriver2/) as the tests need. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A browser, and how its driver is started. */
export interface Browser {
  readonly name: string;
  readonly driver: string;
  readonly args: (port: number) => readonly string[];
  readonly capabilities: object;
  /** The browser's own program. */
  readonly program: string;
  /** Whether it must have a screen, which `Xvfb` gives where there is none. */
  readonly screen?: boolean;
}

const MINIBROWSERS = ['4.1', '4.0', '6.0'].map((version) => `/usr/lib/x86_64-linux-gnu/webkit${version === '6.0' ? '' : '2'}gtk-${version}/MiniBrowser`);
const firefox = process.env['SOUWEN_FIREFOX'] ?? '/usr/bin/firefox-esr';
const miniBrowser = process.env['SOUWEN_MINIBROWSER'] ?? MINIBROWSERS.find((file) => existsSync(file)) ?? '';

export const BROWSERS: readonly Browser[] = [
  {
    name: 'Firefox',
    driver: process.env['SOUWEN_GECKODRIVER'] ?? 'geckodriver',
    args: (port) => ['--port', String(port), '--log', 'fatal'],
    program: firefox,
    capabilities: {
      browserName: 'firefox',
      'moz:firefoxOptions': { binary: firefox, args: ['-headless'], prefs: { 'intl.accept_languages': 'zh-CN' } },
    },
  },
  {
    name: 'WebKitGTK',
    driver: process.env['SOUWEN_WEBKITDRIVER'] ?? 'WebKitWebDriver',
    args: (port) => [`--port=${port}`],
    program: miniBrowser,
    screen: true,
    capabilities: { 'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] } },
  },
];

/** Why a browser cannot be driven here; nothing if it can. */
export function missing({ driver, program, screen }: Browser): string | undefined {
  if (!program || !existsSync(program)) return `${program || 'MiniBrowser'} is not installed`;
  const programs = screen && !process.env['DISPLAY'] ? [driver, 'Xvfb'] : [driver];
  const absent = programs.find((name) => spawnSync('which', [name], { stdio: 'ignore' }).status !== 0);
  return absent === undefined ? undefined : `${absent} is not installed`;
}

/** What WebDriver calls keys that are no characters. */
export const KEYS = { ArrowDown: '\uE015', ArrowUp: '\uE013', Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004', Control: '\uE009', Shift: '\uE008' };

let lastPort = 4500 + (process.pid % 500);

/** A browser's one window. */
export class Driver {
  readonly #processes: readonly ChildProcess[];
  readonly #base: string;
  #session = '';

  private constructor(processes: readonly ChildProcess[], base: string) {
    this.#processes = processes;
    this.#base = base;
  }

  static async start(browser: Browser): Promise<Driver> {
    const port = ++lastPort;
    const display = browser.screen && !process.env['DISPLAY'] ? `:${port}` : undefined;
    const screen = display ? [spawn('Xvfb', [display, '-screen', '0', '1280x900x24'], { stdio: 'ignore' })] : [];
    const env = display ? { ...process.env, DISPLAY: display } : process.env;
    const child = spawn(browser.driver, browser.args(port), { stdio: 'ignore', env });
    const driver = new Driver([child, ...screen], `http://127.0.0.1:${port}`);
    await driver.#until(async () => (await fetch(`${driver.#base}/status`)).ok, 'the driver answers');
    const { sessionId } = (await driver.#send('POST', '/session', { capabilities: { alwaysMatch: browser.capabilities } })) as { sessionId: string };
    driver.#session = `/session/${sessionId}`;
    await driver.#send('POST', `${driver.#session}/timeouts`, { script: 20_000, pageLoad: 30_000 });
    return driver;
  }

  async stop(): Promise<void> {
    await this.#send('DELETE', this.#session).catch(() => undefined);
    for (const child of this.#processes) child.kill();
  }

  async goto(url: string): Promise<void> {
    await this.#send('POST', `${this.#session}/url`, { url });
  }

  async reload(): Promise<void> {
    await this.#send('POST', `${this.#session}/refresh`, {});
  }

  /** Runs the body of a function in the page. `root` there is the first element's shadow root. */
  async run<T>(body: string, ...args: unknown[]): Promise<T> {
    const script = `const host = document.querySelector('souwen-search'); const root = host && host.shadowRoot; ${body}`;
    return (await this.#send('POST', `${this.#session}/execute/sync`, { script, args })) as T;
  }

  /** The same, of a function that waits. */
  async runAsync<T>(body: string): Promise<T> {
    const script = `const done = arguments[arguments.length - 1]; (async () => { ${body} })().then(done, (error) => done('failed: ' + error));`;
    return (await this.#send('POST', `${this.#session}/execute/async`, { script, args: [] })) as T;
  }

  /** Presses keys one after the other, as a reader would; those in `held` are kept down meanwhile. */
  async press(keys: readonly string[], held: readonly string[] = []): Promise<void> {
    const actions = [
      ...held.map((value) => ({ type: 'keyDown', value })),
      ...keys.flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }, { type: 'pause', duration: 30 }]),
      ...held.map((value) => ({ type: 'keyUp', value })),
    ];
    await this.#send('POST', `${this.#session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  type(text: string): Promise<void> {
    return this.press(Array.from(text));
  }

  /** Waits until an expression of the page is true. */
  async until(expression: string): Promise<void> {
    await this.#until(() => this.run<boolean>(`return Boolean(${expression});`), expression);
  }

  async #until(holds: () => Promise<boolean>, what: string): Promise<void> {
    const end = Date.now() + 30_000;
    while (Date.now() < end) {
      if (await holds().catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`In 30 s it did not come about: ${what}`);
  }

  async #send(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.#base + path, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(value).slice(0, 500)}`);
    return value;
  }
}
