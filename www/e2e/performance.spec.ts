/** What the element costs the page: no jump when it comes, no wait when it opens, no block while one types. */
import { expect, test } from './fixtures.ts';

for (const address of ['./search.html', './articles/', './themed.html']) {
  test(`${address} does not shift when the element comes`, async ({ site, page }) => {
    await page.addInitScript(() => {
      Object.assign(window, { shifted: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
          (window as unknown as { shifted: number }).shifted += entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // Late, as over a slow line.
    await page.route('**/search/souwen*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await site.visit(address);
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => (window as unknown as { shifted: number }).shifted)).toBe(0);
  });
}

test('the dialog paints results within 100 ms of the key that opens it, once warm', async ({ site, page }) => {
  await site.visit('./articles/');
  await page.keyboard.press('/');
  await page.keyboard.type('文渡桥', { delay: 20 });
  await expect(site.options.first()).toContainText('文渡桥');
  const took: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(300);
    took.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const root = document.querySelector('souwen-search')?.shadowRoot;
            const start = performance.now();
            document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
            const look = (): void => {
              const first = root?.querySelector('.hit');
              // A frame after the one in which they are laid out, they are painted.
              if (first && first.getBoundingClientRect().height > 0) requestAnimationFrame(() => resolve(performance.now() - start));
              else requestAnimationFrame(look);
            };
            look();
          }),
      ),
    );
  }
  console.log(`dialog to results: ${took.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  // The quickest: whatever else the machine does can only add to it.
  expect(Math.min(...took)).toBeLessThanOrEqual(100);
});

/** A finished task of a trace: how long its thread was at work, in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

test('typing on a processor four times slower never blocks the page for more than 50 ms', async ({ site, page, browser }) => {
  await site.visit('./search.html');
  await site.type('河');
  await expect(site.options.first()).toBeVisible();
  await page.waitForTimeout(1500);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const longest: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await site.input.fill('');
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
    for (const letter of '文渡桥夜市') {
      await page.keyboard.type(letter);
      await page.waitForTimeout(200);
    }
    await expect(site.options.first()).toBeVisible();
    await page.waitForTimeout(600);
    const tasks = mainThreadTasks(String(await browser.stopTracing()));
    expect(tasks.length).toBeGreaterThan(100);
    longest.push(Math.max(...tasks));
  }
  console.log(`longest tasks of three rounds: ${longest.map((ms) => ms.toFixed(1)).join(', ')} ms`);
  // The quietest round: whatever else the machine does can only add to it.
  expect(Math.min(...longest)).toBeLessThanOrEqual(50);
});

/** How long each task of the page's own thread was at work, in milliseconds. */
function mainThreadTasks(trace: string): number[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const main = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ ph, pid, tid, tdur }) => ph === 'X' && tdur !== undefined && main.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1000);
}
