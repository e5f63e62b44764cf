/** Fields with names that every object has: they are fields like others, and nothing of the page is changed by them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine/types.ts';
import { buildBundle, serve } from '../program.ts';
import type { Served } from '../program.ts';
import { expect, test } from './fixtures.ts';

const NAMES = ['constructor', 'toString', 'hasOwnProperty'];

let folder: string;
let served: Served;
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'souwen-names-'));
  mkdirSync(path.join(folder, 'in'));
  const lines = ['甲', '乙', '乙'].map((value, at) => {
    const own = Object.fromEntries(NAMES.map((name) => [name, value]));
    const article = JSON.stringify({ id: `n${at}`, title: `棠川${at}`, paragraphs: ['棠川的正文。'], ...own });
    // As JSON can name it, and no object literal can.
    return article.replace(/^\{/u, `{"__proto__":{"polluted":"${value}"},`);
  });
  writeFileSync(path.join(folder, 'in/names.jsonl'), `${lines.join('\n')}\n`);
  writeFileSync(path.join(folder, 'souwen.toml'), `[facets]\nfields = ${JSON.stringify(NAMES)}\n`);
  buildBundle(path.join(folder, 'in'), path.join(folder, 'site/search'), path.join(folder, 'souwen.toml'));
  served = await serve(path.join(folder, 'site'));
});
test.afterAll(() => {
  served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('they are counted, narrow results and come with the article, and no prototype is changed', async ({ page }) => {
  await page.route('**/own.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html><link rel="icon" href="data:,">' }));
  await page.goto(`${served.url}own.html`);
  const seen = await page.evaluate(async (names) => {
    const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as { open(url: string): Promise<Engine> };
    const engine = await open('search/');
    const { facets } = await engine.search('棠川');
    const counted = names.map((name) => (Object.hasOwn(facets, name) ? facets[name] : 'lost'));
    const narrowed = await Promise.all(names.map(async (name) => (await engine.search('棠川', { filters: { [name]: ['乙'] } })).total));
    const { metadata } = await engine.document('n0');
    const refused = await engine.search('棠川', { filters: JSON.parse('{"__proto__":["乙"]}') as Record<string, string[]> }).catch((error: { code: string }) => error.code);
    return {
      counted,
      narrowed,
      metadata: Object.entries(metadata as object),
      refused,
      polluted: 'polluted' in {} || 'polluted' in Object.prototype || Object.getPrototypeOf(facets) !== Object.prototype,
    };
  }, NAMES);
  const counts = expect.arrayContaining([
    { value: '甲', count: 1 },
    { value: '乙', count: 2 },
  ]);
  expect(seen.counted).toEqual(NAMES.map(() => counts));
  expect(seen.narrowed).toEqual(NAMES.map(() => 2));
  expect(seen.metadata).toEqual(expect.arrayContaining([['__proto__', { polluted: '甲' }]]));
  expect(seen.refused).toBe('invalid-argument');
  expect(seen.polluted).toBe(false);
});

test('the element offers them, and one that no article has is not taken from the language', async ({ site, page }) => {
  await page.route('**/own.html*', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="zh-CN"><link rel="icon" href="data:,"><script type="module" src="./search/souwen.js"></script>
        <souwen-search bundle="./search/" mode="page" filters="constructor valueOf __proto__"></souwen-search></html>`,
    }),
  );
  await page.goto(`${served.url}own.html?q=${encodeURIComponent('棠川')}&constructor=${encodeURIComponent('乙')}`);
  await expect(site.options).toHaveCount(2);
  const buttons = site.host.locator('[part=filter]');
  await expect(buttons).toHaveCount(1);
  await expect(buttons).toContainText('乙');
  await buttons.click();
  await site.host.getByRole('checkbox', { name: /甲/u }).check();
  await expect(site.options).toHaveCount(3);
  expect(new URL(page.url()).searchParams.getAll('constructor')).toEqual(['乙', '甲']);
});
