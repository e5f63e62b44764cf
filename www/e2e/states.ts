/**
 * Every state that a reader can see the element in, and how to bring it about: for the tests that look at
 * all of them, by eye (screens.spec.ts) and by rule (axe.spec.ts).
 */
import type { SouwenSearch } from '../widget/souwen-search.ts';
import { expect } from './fixtures.ts';
import type { Site } from './fixtures.ts';

export interface State {
  readonly name: string;
  /** Brings it about, from nothing. */
  readonly show: (site: Site) => Promise<void>;
}

/** What an error of a code looks like. */
function failing(code: string): State {
  const show = async (site: Site): Promise<void> => {
    await page(site);
    await site.host.evaluate((host: SouwenSearch, own) => {
      const fail = (): Promise<never> => Promise.reject(Object.assign(new Error(own), { code: own }));
      host.engine = { search: fail, suggest: fail, related: fail, document: fail, info: fail, stats: fail, download: fail, close: () => undefined };
    }, code);
    await site.input.fill('夜市');
    await expect(site.host.locator('[part=error]')).toBeVisible();
  };
  return { name: `failed-${code}`, show };
}

const page = (site: Site): Promise<void> => site.visit('./search.html');

async function typed(site: Site, query: string): Promise<void> {
  await page(site);
  await site.input.fill(query);
  await expect(site.host.locator('.summary, [part=status]').first()).toBeVisible();
  await expect(site.panel).toHaveAttribute('aria-busy', 'false');
  await badge(site);
}

/** Waits until it is known that something is kept. */
const badge = (site: Site): Promise<void> => expect(site.host.locator('[part=offline-badge]')).toBeVisible();

/** Waits until related searches have come or will not. */
const settled = (site: Site): Promise<void> => site.page.waitForTimeout(700);

export const STATES: readonly State[] = [
  {
    name: 'empty',
    show: async (site) => {
      await page(site);
      await site.input.click();
      await expect(site.panel).toContainText('共收录');
      await expect(site.host.locator('[part=offline-save]')).toHaveText(/B）/u);
      await badge(site);
    },
  },
  {
    name: 'recent',
    show: async (site) => {
      await site.page.addInitScript(() => localStorage.setItem('souwen-recent', '{"queries":["文渡桥","夜市 糯米藕","图书馆"]}'));
      await page(site);
      await expect(site.queries).toHaveCount(3);
    },
  },
  {
    name: 'loading',
    show: async (site) => {
      await page(site);
      await site.host.evaluate((host: SouwenSearch) => {
        const never = (): Promise<never> => new Promise(() => undefined);
        host.engine = { search: never, suggest: never, related: never, document: never, info: never, stats: never, download: never, close: () => undefined };
      });
      await site.input.fill('夜市');
      await expect(site.host.locator('.skeleton').first()).toBeVisible();
    },
  },
  { name: 'results', show: async (site) => (await typed(site, '文渡桥'), settled(site)) },
  { name: 'relaxed', show: async (site) => (await typed(site, '文渡桥 龘靐齉'), settled(site)) },
  { name: 'corrected', show: async (site) => (await typed(site, '文度桥'), settled(site)) },
  { name: 'nothing', show: (site) => typed(site, '龘靐齉') },
  {
    name: 'suggestions',
    show: async (site) => {
      await typed(site, '河');
      await site.page.waitForTimeout(1500);
      await site.input.fill('图书');
      await expect(site.queries.first()).toBeVisible();
      await site.page.keyboard.press('ArrowDown');
      await settled(site);
    },
  },
  {
    name: 'filtered',
    show: async (site) => {
      await typed(site, '的');
      await site.host.getByRole('button', { name: '版面' }).click();
      for (const name of [/^民生 /u, /^副刊 /u]) await site.host.getByRole('checkbox', { name }).check();
      await site.host.getByRole('combobox', { name: '日期' }).selectOption('..');
      await expect(site.host.getByLabel('从')).toBeVisible();
      await settled(site);
    },
  },
  {
    name: 'nothing-left',
    show: async (site) => {
      await site.page.clock.setFixedTime(new Date('2031-05-01T12:00:00'));
      await typed(site, '的');
      await site.host.getByRole('combobox', { name: '日期' }).selectOption('week');
      await expect(site.panel).toContainText('没有报道了');
    },
  },
  ...['network', 'bundle-not-found', 'bundle-damaged', 'unsupported-version', 'unsupported-browser'].map(failing),
  {
    name: 'offline',
    show: async (site) => {
      await site.page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false }));
      await page(site);
      await site.input.click();
      await expect(site.host.locator('[part=offline-now]')).toBeVisible();
    },
  },
  {
    name: 'saved',
    show: async (site) => {
      await page(site);
      await site.input.click();
      // What is known of it moves the button as it comes, perhaps from under the pointer.
      const save = site.host.locator('[part=offline-save]');
      await expect(save).toContainText('KB');
      await expect(site.host.locator('[part=offline-badge]')).toHaveText('断网时能搜索用过的部分');
      await save.click();
      await expect(site.host.locator('[part=offline-badge]')).toHaveText('断网也能搜索全部报道');
    },
  },
  {
    name: 'list',
    show: async (site) => {
      await site.visit('./themed.html');
      await site.input.fill('文渡桥');
      await expect(site.options.first()).toBeVisible();
      await settled(site);
    },
  },
  {
    name: 'dialog',
    show: async (site) => {
      await site.visit('./articles/');
      await site.host.locator('.trigger').click();
      await site.input.fill('文渡桥');
      await expect(site.options.first()).toBeVisible();
      await settled(site);
    },
  },
  {
    name: 'reader',
    show: async (site) => {
      await typed(site, '轻度污染');
      await site.host.evaluate((host) => host.setAttribute('reader', 'always'));
      await site.options.first().click();
      await expect(site.reader.locator('article')).toBeVisible();
      await site.reader.getByRole('button', { name: '下一处' }).click();
      await expect(site.reader.locator('mark.current')).toBeInViewport();
    },
  },
  {
    name: 'landing',
    show: async (site) => {
      await typed(site, '糯米灰浆');
      await site.options.first().click();
      await expect(site.page.locator('mark.souwen-mark').first()).toBeInViewport();
    },
  },
];
