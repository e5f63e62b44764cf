/**
 * Every state at three widths, light and dark, compared with how it was: the boxes and colours of its parts with the
 * texts in `layouts/`, the whole of it with the small pictures in `pictures/`. Both are made with a font of the tests' own,
 * so that they are the same on every machine. `--update-snapshots` makes them anew.
 *
 * With `SOUWEN_SCREENS` the pictures are those of this machine's fonts, in full size, in a folder of one's own: to be looked
 * at, and compared with later ones.
 */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { boxesOf, coloursOf, expectLayout, ROWS } from './layout.ts';
import { usePlainFont } from './plain-font.ts';
import { STATES } from './states.ts';

const OWN_FONTS = Boolean(process.env['SOUWEN_SCREENS']);
const WIDTHS = [1280, 768, 360];
const SCHEMES = ['light', 'dark'] as const;
/** Small pictures have 1/16 of the pixels. */
const SMALLER = 4;
/** So many pixels of a small picture may differ: a control's worth is more. */
const MOST_DIFFERENT = 60;

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { name, show } of STATES) {
  test(name, async ({ site, page }) => {
    test.slow();
    if (!OWN_FONTS) await usePlainFont(page);
    await show(site);
    const sections: Record<string, string[]> = {};
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        const file = `${name}-${width}-${colorScheme}.png`;
        if (OWN_FONTS) await expect.soft(page).toHaveScreenshot(file, { caret: 'hide', maxDiffPixelRatio: 0.01 });
        else expect.soft(await smallPicture(page)).toMatchSnapshot(file, { maxDiffPixels: MOST_DIFFERENT });
        if (width === WIDTHS[0]) sections[`${colorScheme}: part, text, background, border`] = await site.host.evaluate(coloursOf);
      }
      sections[`${width} px: part, x, y, width, height`] = await site.host.evaluate(boxesOf, ROWS);
    }
    if (!OWN_FONTS) expectLayout(path.join(import.meta.dirname, 'layouts', `${name}.txt`), sections);
  });
}

/** What the window shows, so small that it can be kept. */
async function smallPicture(page: Page): Promise<Buffer> {
  const picture = await page.screenshot({ caret: 'hide', animations: 'disabled' });
  const base64 = await page.evaluate(
    async ([full, smaller]) => {
      const blob = new Blob([Uint8Array.from(atob(full), (letter) => letter.charCodeAt(0))]);
      const large = await createImageBitmap(blob);
      const canvas = document.createElement('canvas');
      canvas.width = large.width / smaller;
      canvas.height = large.height / smaller;
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(large, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/png').replace(/^[^,]*,/u, '');
    },
    [picture.toString('base64'), SMALLER] as const,
  );
  return Buffer.from(base64, 'base64');
}
