import { test as base, expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The demo page with its search box. */
export class Site {
  readonly page: Page;
  readonly host: Locator;
  readonly input: Locator;
  readonly options: Locator;
  readonly reader: Locator;
  readonly panel: Locator;
  /** Suggestions, or recent searches. */
  readonly queries: Locator;

  constructor(page: Page) {
    this.page = page;
    this.host = page.locator('souwen-search').first();
    this.input = this.host.locator('input[role=combobox]');
    this.options = this.host.locator('[role=option].hit');
    this.reader = this.host.locator('dialog.reader');
    this.panel = this.host.locator('.panel');
    this.queries = this.host.locator('[part=queries] [role=option]');
  }

  /** Loads the page and waits until its front page stands. */
  async open(): Promise<void> {
    await this.page.goto('./');
    await expect(this.page.locator('.lead h2')).toBeVisible();
  }

  /** Loads another page of the demo, and waits until its search box stands. */
  async visit(address: string): Promise<void> {
    await this.page.goto(address);
    await expect.poll(() => this.host.evaluate((host) => host.shadowRoot?.childElementCount ?? 0)).toBeGreaterThan(0);
  }

  /** Types a query as a person does, letter by letter. */
  async type(query: string): Promise<void> {
    await this.input.click();
    await this.input.pressSequentially(query, { delay: 15 });
  }

  /** Goes with Tab (or another key) until something has the focus. */
  async tabTo(target: Locator, key = 'Tab'): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await this.page.keyboard.press(key);
      if (await target.evaluate((element) => element.matches(':focus'))) return;
    }
    throw new Error(`In 60 presses ${key} does not lead to ${String(target)}.`);
  }

  /** Records the `souwen-…` events of the page from now on; what is returned reads them. */
  async recordEvents(name: string): Promise<() => Promise<{ query?: string; id?: string }[]>> {
    await this.page.evaluate((type) => {
      const seen: unknown[] = [];
      Object.assign(window, { [`seen:${type}`]: seen });
      document.addEventListener(type, (event) => {
        const { query, id } = (event as CustomEvent<{ query?: string; id?: string }>).detail;
        seen.push({ query, id });
      });
    }, name);
    return () => this.page.evaluate((type) => (window as unknown as Record<string, []>)[`seen:${type}`] ?? [], name);
  }
}

/** Every test fails when the page logs an error, throws, or asks for something that is not there. */
export const test = base.extend<{ site: Site; complaints: string[] }>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('response', (response) => {
        if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
      });
      await use(complaints);
      expect(complaints, 'what the page complained of').toEqual([]);
    },
    { auto: true },
  ],
  site: async ({ page }, use) => {
    await use(new Site(page));
  },
});

export { expect };
