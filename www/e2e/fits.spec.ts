/**
 * Every state in this machine's fonts, wide and narrow, enlarged to twice and four times the size, with large letters:
 * nothing is clipped, overlaps, runs out of the page, or is too small to press. And in the reader's own colours, of which
 * there are only a few: all can be told apart.
 */
import { expect, test } from './fixtures.ts';
import { indistinct, misfits } from './fit.ts';
import { STATES } from './states.ts';

/** A window as the page sees it: at 200 %, it is half as wide and high. */
interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** The browser's setting for the size of letters, in px. */
  readonly letters?: number;
}

const VIEWS: readonly View[] = [
  { name: '1280 px', width: 1280, height: 800 },
  { name: '768 px', width: 768, height: 800 },
  { name: '360 px', width: 360, height: 800 },
  { name: '1280 px at 200 %', width: 640, height: 400 },
  { name: '1280 px at 400 %', width: 320, height: 200 },
  { name: '1280 px, letters twice as large', width: 1280, height: 800, letters: 32 },
  { name: '360 px, letters twice as large', width: 360, height: 800, letters: 32 },
];

// Twice as many pixels to each of the page's, as there are at 200 %.
test.use({ deviceScaleFactor: 2, contextOptions: { reducedMotion: 'reduce' } });

for (const { name, show } of STATES) {
  test(name, async ({ site, page }) => {
    test.slow();
    await show(site);
    for (const { name: view, width, height, letters = 16 } of VIEWS) {
      await page.setViewportSize({ width, height });
      await page.evaluate((px) => (document.documentElement.style.fontSize = `${px}px`), letters);
      expect.soft(await site.host.evaluate(misfits), view).toEqual([]);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, forcedColors: 'active' });
      expect.soft(await site.host.evaluate(indistinct), `forced colours, ${colorScheme}`).toEqual([]);
    }
  });
}
