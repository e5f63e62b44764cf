/** The client without the element, as pages with a search box of their own load it. */
import type { Page } from '@playwright/test';
import type { Engine } from '../engine/types.ts';
import { expect, test } from './fixtures.ts';

/** The wasm file that a first answer does without. */
const MORE = '**/search/souwen-more-*.wasm';

/** An empty page with an engine, and the names of the bundle's files that it has loaded so far. */
async function openClient(page: Page, base: string | undefined): Promise<string[]> {
  const loaded: string[] = [];
  page.context().on('request', (request) => {
    const name = /\/search\/([^?]+)/u.exec(request.url())?.[1];
    if (name) loaded.push(name.replace(/-[0-9a-f]{12,}/u, ''));
  });
  await page.route('**/own.html', (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html><link rel="icon" href="data:,">' }),
  );
  await page.goto(new URL('own.html', base).href);
  await page.evaluate(async () => {
    const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as { open(url: string): Promise<Engine> };
    Object.assign(window, { engine: await open('search/') });
  });
  return loaded;
}

const search = (page: Page, query: string) =>
  page.evaluate(async (own) => {
    const { engine } = window as unknown as { engine: Engine };
    try {
      const { total, corrections } = await engine.search(own);
      return { total, corrected: corrections.find(({ applied }) => applied)?.query };
    } catch (error) {
      return { code: (error as { code?: string }).code };
    }
  }, query);

test('what is asked as it stands is answered by five files, each loaded once, and what is not by a sixth', async ({ page, baseURL }) => {
  const loaded = await openClient(page, baseURL);
  expect(await search(page, '文渡桥')).toMatchObject({ corrected: undefined });
  expect([...loaded].sort()).toEqual(['index.souwen', 'souwen-client.js', 'souwen-worker.js', 'souwen.json', 'souwen.wasm']);
  const right = await search(page, '文渡桥');
  expect(await search(page, 'wenduqiao')).toEqual({ ...right, corrected: '文渡桥' });
  expect(loaded.filter((name) => name === 'souwen-more.wasm')).toHaveLength(1);
});

test('the sixth comes by itself after the first answer, and then nothing needs the network', async ({ page, baseURL, context }) => {
  const loaded = await openClient(page, baseURL);
  await search(page, '文渡桥');
  const more = page.context().waitForEvent('requestfinished', (request) => request.url().includes('souwen-more'));
  await more;
  await context.setOffline(true);
  expect(await search(page, '文度桥')).toMatchObject({ corrected: '文渡桥' });
  expect(loaded).toHaveLength(6);
});

test('where the sixth cannot be had, other answers come all the same, and it is asked for anew', async ({ page, baseURL, complaints }) => {
  await page.context().route(MORE, (route) => route.abort('internetdisconnected'));
  await openClient(page, baseURL);
  expect(await search(page, 'wenduqiao')).toEqual({ code: 'network' });
  expect(await search(page, '文渡桥')).toMatchObject({ corrected: undefined });
  complaints.length = 0;
  await page.context().unroute(MORE);
  expect(await search(page, 'wenduqiao')).toMatchObject({ corrected: '文渡桥' });
});
