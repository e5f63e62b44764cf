import { expect, test } from './fixtures.ts';

const PAYLOADS = [
  '<script>window.harmed = 1</script>',
  '<img src=x onerror="window.harmed = 1">',
  '"><svg onload="window.harmed = 1">',
  '{{constructor.constructor("window.harmed = 1")()}}',
  '\u202e反写\u2066\ud800孤',
];

test('hostile text is shown as text, and hostile addresses are not followed', async ({ site, page }) => {
  await site.open();
  await page.evaluate((payloads) => {
    const hits = payloads.map((text, index) => ({
      id: String(index),
      url: ['javascript:window.harmed=1', 'data:text/html,x', ' java\nscript:window.harmed=1'][index] ?? '',
      kind: 'article' as const,
      date: text,
      dateInferred: true,
      section: text,
      reporters: [text],
      score: 1,
      kicker: text,
      subtitle: text,
      title: { text, marks: [[0, 4], [2, 9], [-3, 1], [5, 999]] as [number, number][] },
      snippet: { text: text + '长'.repeat(10_000), marks: [[1, 3]] as [number, number][], caption: true },
      missing: [text],
      similar: [
        { id: String(index), url: ' javascript:window.harmed=1', title: text, date: text },
        { id: String(index), url: '', title: '长'.repeat(10_000), date: null },
      ],
    }));
    const unused = (): Promise<never> => Promise.reject(new Error('not asked for in this test'));
    const element = document.createElement('souwen-search');
    element.engine = {
      search: async () => ({
        total: hits.length * 3,
        totalIsExact: true,
        hits,
        facets: {},
        corrections: [
          { query: payloads[1] ?? '', reason: 'sound' as const, applied: true },
          { query: payloads[0] ?? '', reason: 'shape' as const, applied: false },
        ],
        relaxed: { dropped: payloads, complete: 1 },
        tookMs: 0,
      }),
      document: async (id: string) => {
        const text = payloads[Number(id)] ?? '';
        return {
          id,
          kind: 'article',
          title: text,
          kicker: text,
          subtitle: text,
          reporters: [text],
          date: text,
          date_inferred: true,
          section: text,
          url: 'javascript:window.harmed=1',
          tags: [text],
          paragraphs: [text, '长'.repeat(10_000), `${text}\t${text}`, `${'长'.repeat(10_000)}\t1`],
          captions: [text],
        };
      },
      suggest: unused,
      related: async () => [...payloads, '长'.repeat(10_000)],
      download: unused,
      info: unused,
      stats: unused,
      close: () => undefined,
    };
    element.id = 'hostile';
    document.querySelector('main')?.prepend(element);
    void element.search('x');
  }, PAYLOADS);

  const box = page.locator('#hostile');
  const options = box.locator('.result');
  await expect(options).toHaveCount(PAYLOADS.length);
  await expect(box.locator('.hit')).toHaveCount(PAYLOADS.length * 3);
  for (const [index, payload] of PAYLOADS.entries()) {
    expect(await options.nth(index).locator('.title').evaluate((title) => title.textContent)).toBe(payload);
  }
  await expect(options.first().locator('.missing')).toContainText(`不含：${PAYLOADS[0]}`);
  await expect(box.locator('[part=as-typed]')).toHaveText('仍要搜“x”？');
  await expect(box.locator('[part=corrected]')).toContainText(PAYLOADS[1] ?? '');
  await expect(box.locator('[part=correction]')).toHaveText(PAYLOADS[0] ?? '');
  await expect(box.locator('[part=similar]').first()).toContainText(PAYLOADS[0] ?? '');
  await expect(box.locator('[part=related-query]').first()).toHaveText(PAYLOADS[0] ?? '');
  await expect(options.first().locator('time')).toHaveText(`约${PAYLOADS[0]}`);
  await expect(box.locator('[part~=relaxed]')).toHaveText('1 篇含有全部词语，另有 14 篇只含部分');
  await expect(box.locator('a[href]')).toHaveCount(0);
  for (const index of PAYLOADS.keys()) {
    await options.nth(index).click({ position: { x: 8, y: 8 } });
    await expect(box.getByRole('heading')).toBeVisible();
    expect(await box.getByRole('heading').evaluate((heading) => heading.textContent?.trim())).toBe(PAYLOADS[index]?.trim());
    await page.keyboard.press('Escape');
    await expect(box.getByRole('dialog')).toBeHidden();
  }
  const intruders = await box.evaluate((host) => host.shadowRoot?.querySelectorAll('script, img, iframe, svg[onload]').length);
  expect(intruders).toBe(0);
  expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
