/** Every state, light and dark, by the rules of axe. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from './fixtures.ts';
import { STATES } from './states.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[];
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, bypassCSP: true, contextOptions: { reducedMotion: 'reduce' } });

    for (const { name, show } of STATES) {
      test(`${name} has no violation`, async ({ site, page }) => {
        await show(site);
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => {
          const { run } = (window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe;
          return (await run()).violations.map(({ id, nodes }) => ({
            id,
            nodes: nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary ?? ''}`),
          }));
        });
        expect(violations).toEqual([]);
      });
    }
  });
}
