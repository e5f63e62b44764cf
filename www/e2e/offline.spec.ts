import { expect, test } from './fixtures.ts';

test('after one visit, a reload without a network still searches and reads', async ({ site, page, context, complaints }) => {
  await site.open();
  await expect(page.locator('#offline')).toBeVisible({ timeout: 20_000 });

  await context.setOffline(true);
  // Proof that the network is cut for the service worker, too: what it has not kept cannot be had.
  const reached = await page.evaluate(() =>
    fetch('./never-kept.json').then(
      () => true,
      () => false,
    ),
  );
  expect(reached).toBe(false);
  // The browser logs that one failure; from here on there may be none.
  expect(complaints.splice(0)).toEqual([expect.stringMatching(/net::ERR_(?:FAILED|INTERNET_DISCONNECTED)$/u)]);

  const failed: string[] = [];
  page.on('requestfailed', (request) => failed.push(request.url()));
  await page.reload();
  await expect(page.locator('.lead h2')).toBeVisible();
  for (const query of ['文渡桥', '夜市', '公交']) {
    await site.input.fill(query);
    await expect(site.options.first().locator('mark').first()).toBeVisible();
    await expect(site.options.first()).toContainText(query);
  }
  await site.options.first().click();
  await expect(site.reader.getByRole('heading')).toBeVisible();
  await expect(site.reader.locator('article > p').first()).not.toBeEmpty();
  expect(failed).toEqual([]);
});
