import { expect, test } from './fixtures.ts';

for (const width of [390, 1280]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 844 }, hasTouch: width < 500 });

    test('nothing runs out of the page, and targets are big enough', async ({ site, page }) => {
      await site.open();
      await site.type('夜市');
      await expect(site.options.first()).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      for (const box of [await site.panel.boundingBox(), await site.input.boundingBox()]) {
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
      }
      const heights = await site.host.evaluate((host) =>
        Array.from(
          // The button that clears fills the field but for its border, which is part of the target to the eye.
          host.shadowRoot?.querySelectorAll('.field, .panel button, .panel select, [role=option]') ?? [],
          (target) => target.getBoundingClientRect().height,
        ),
      );
      expect(heights.length).toBeGreaterThan(1);
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    });

    test('the page does not jump while it comes up and the box opens', async ({ site, page }) => {
      await page.addInitScript(() => {
        Object.assign(window, { shifted: 0 });
        new PerformanceObserver((list) => {
          // Results that change places inside the element are no jump of the page: its shadow root is closed, and
          // what moves in there is named to nobody.
          type Shift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
          for (const entry of list.getEntries() as Shift[]) {
            if (entry.sources.some(({ node }) => node)) (window as unknown as { shifted: number }).shifted += entry.value;
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await site.open();
      await site.type('夜市');
      await expect(site.options.first()).toBeVisible();
      expect(await page.evaluate(() => (window as unknown as { shifted: number }).shifted)).toBeLessThan(0.02);
    });
  });
}

test('all that the page loads is its own, and there', async ({ site, page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL ?? '')) foreign.push(request.url());
  });
  await site.open();
  await expect(page.locator('#offline')).toBeVisible({ timeout: 20_000 });
  expect(foreign).toEqual([]);
});

test('whatever goes wrong in the page or in its worker is heard by these tests', async ({ site, page, complaints }) => {
  await site.open();
  await page.evaluate(async () => {
    console.error('logged by the page');
    setTimeout(() => {
      throw new Error('thrown in the page');
    });
    void Promise.reject(new Error('rejected in the page'));
    await fetch('./no-such-file');
  });
  await page.workers()[0]?.evaluate(() => console.error('logged by the worker'));
  for (const expected of ['logged by the page', 'thrown in the page', 'rejected in the page', '404', 'logged by the worker']) {
    await expect.poll(() => complaints.some((complaint) => complaint.includes(expected)), expected).toBe(true);
  }
  complaints.length = 0;
});
