/**
 * Every state at three widths, light and dark: nothing is clipped, overlaps or runs out of the page. With
 * `SOUWEN_SCREENS` the pictures are compared with those that have been taken on this machine before.
 */
import { expect, test } from './fixtures.ts';
import { STATES } from './states.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1280, height: 800 }, contextOptions: { reducedMotion: 'reduce' } });

    for (const { name, show } of STATES) {
      test(name, async ({ site, page }) => {
        test.slow();
        await show(site);
        for (const width of [1280, 768, 360]) {
          await page.setViewportSize({ width, height: 800 });
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect.soft(overflow, `at ${width} px, how far the page can be scrolled sideways`).toBeLessThanOrEqual(0);
          expect.soft(await site.host.evaluate(misfits), `at ${width} px, what is clipped, overlaps, or is too small to press`).toEqual([]);
          await expect.soft(page).toHaveScreenshot(`${name}-${width}-${colorScheme}.png`, { caret: 'hide', maxDiffPixelRatio: 0.01 });
        }
      });
    }
  });
}

/** Texts wider than their boxes, controls on top of each other, targets below 44 px. Runs in the page. */
function misfits(host: Element): string[] {
  const found: string[] = [];
  const root = host.shadowRoot;
  const dialog = root?.querySelector('dialog[open]');
  const scope: ParentNode = dialog ?? root ?? host;
  const shown = (element: Element): boolean => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
  for (const box of Array.from(scope.querySelectorAll<HTMLElement>('button, p, .title, .status, .offline, .field')).filter(shown)) {
    if (box.classList.contains('visually-hidden') || box.closest('.visually-hidden')) continue;
    if (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).textOverflow !== 'ellipsis' && getComputedStyle(box).display !== 'inline') {
      found.push(`${box.className || box.localName} is ${box.scrollWidth - box.clientWidth} px too wide`);
    }
  }
  const controls = Array.from(scope.querySelectorAll<HTMLElement>('button, select, input, [role=option]')).filter(shown);
  const boxes = controls.map((control) => ({ control, rect: control.getBoundingClientRect() }));
  for (const { control, rect } of boxes) {
    if (!control.matches('.field *') && rect.height < 44) found.push(`${control.getAttribute('part')} is ${rect.height} px high`);
  }
  for (const [index, { control: one, rect: a }] of boxes.entries()) {
    for (const { control: other, rect: b } of boxes.slice(index + 1)) {
      if (one.contains(other) || other.contains(one) || one.closest('.field') || other.closest('.field')) continue;
      const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
      const bar = '.matches, .reader-bar';
      if (!apart && !one.closest(bar) && !other.closest(bar)) found.push(`${one.getAttribute('part')} overlaps ${other.getAttribute('part')}`);
    }
  }
  return found;
}
