/** What moves, and that nothing does for readers who want that. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Site } from './fixtures.ts';
import { STATES } from './states.ts';

/** The animations that take time, by name; those of the backdrop too. */
const moving = (site: Site): Promise<string[]> =>
  site.host.evaluate((host) =>
    (host.shadowRoot?.getAnimations() ?? [])
      .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 0)
      .map((animation) => (animation as CSSAnimation).animationName)
      .sort(),
  );

const show = (site: Site, name: string): Promise<void> | undefined => STATES.find((state) => state.name === name)?.show(site);

/** Opens the dialog, and says at once what moves. */
async function openDialog(site: Site): Promise<string[]> {
  await site.visit('./articles/');
  return site.host.evaluate((host) => {
    host.shadowRoot?.querySelector<HTMLElement>('.trigger')?.click();
    return (host.shadowRoot?.getAnimations() ?? []).map((animation) => (animation as CSSAnimation).animationName).sort();
  });
}

/** How the reader went from one marked place to the next. */
async function steps(site: Site, page: Page): Promise<unknown[]> {
  await page.addInitScript(() => {
    const seen: unknown[] = [];
    Object.assign(window, { seen });
    Element.prototype.scrollIntoView = (options) => seen.push(typeof options === 'object' ? options.behavior : options);
  });
  await site.visit('./strict.html');
  await site.type('文渡桥');
  await site.options.first().click();
  await site.reader.getByRole('button', { name: '下一处' }).click();
  return page.evaluate(() => (window as unknown as { seen: unknown[] }).seen);
}

test.describe('for readers who mind no motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('the dialog rises, the lines that stand for results pulse, and marks are scrolled to', async ({ site, page }) => {
    expect(await openDialog(site)).toEqual(['fade', 'rise']);
    await show(site, 'loading');
    expect(new Set(await moving(site))).toEqual(new Set(['pulse']));
    expect(await steps(site, page)).toEqual(['smooth']);
  });
});

test.describe('for readers who want no motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves, and marks are there at once', async ({ site, page }) => {
    expect(await openDialog(site)).toEqual([]);
    await show(site, 'loading');
    expect(await moving(site)).toEqual([]);
    expect(await steps(site, page)).toEqual(['auto']);
  });
});
