/** A line as slow as an old phone's: what a reader sees until the first answer. */
import { expect, test } from './fixtures.ts';

test('a bar tells how much of the search is there', async ({ site, page }) => {
  // Of the engine's file, the first half comes at once; the rest when it is let go.
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  await page.addInitScript(() => {
    const own = window.fetch;
    window.fetch = async (input, init) => {
      const response = await own(input, init);
      if (!/souwen-[0-9a-f]+\.wasm$/u.test(response.url)) return response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      const half = bytes.length >> 1;
      const body = new ReadableStream({
        async start(controller) {
          controller.enqueue(bytes.subarray(0, half));
          await (window as unknown as { gate(): Promise<void> }).gate();
          controller.enqueue(bytes.subarray(half));
          controller.close();
        },
      });
      return new Response(body, { headers: { 'content-type': 'application/wasm' } });
    };
  });
  await page.exposeFunction('gate', () => gate);
  // Not `site.open()`: the front page itself waits for the engine.
  await page.goto('./');
  await site.type('文渡桥');
  const bar = site.host.getByRole('progressbar', { name: '正在载入搜索' });
  await expect(bar).toBeVisible();
  await expect.poll(() => bar.evaluate((own: HTMLProgressElement) => own.value)).toBeCloseTo(0.5, 1);
  letGo();
  await expect(site.options.first()).toBeVisible();
  await expect(bar).toHaveCount(0);
});
