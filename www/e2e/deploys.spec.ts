/** Pages that are open, or being opened, while a site is deployed: the answer is that of one deploy or the other. */
import { answers, ask, buildDeploys, forgive, openClient, opening, QUERIES, rightAnswers, stats } from './deploys.ts';
import type { Asked, Deploys } from './deploys.ts';
import { expect, test } from './fixtures.ts';
import { UnrulyServer } from './unruly-server.ts';

let deploys: Deploys;
let server: UnrulyServer;
/** What a page says that has one deploy only. */
let old: Asked[];
let next: Asked[];

test.beforeAll(async ({ browser }) => {
  deploys = buildDeploys();
  old = await rightAnswers(browser, deploys.old);
  next = await rightAnswers(browser, deploys.next);
  expect(old.map(({ code }) => code).concat(next.map(({ code }) => code))).toEqual(QUERIES.concat(QUERIES).map(() => undefined));
  expect(old[0]).not.toEqual(next[0]);
});
test.afterAll(() => deploys?.remove());
test.beforeEach(async () => void (server = await UnrulyServer.start(deploys.old)));
test.afterEach(async ({ complaints }) => {
  server.stop();
  forgive(complaints);
});

const GONE = ['gone', 'page'] as const;

/** Deploys; what is gone is told in one way or the other. */
function deploy(folder: string, manner: (typeof GONE)[number]): void {
  server.folder = folder;
  server.missing = manner;
}

for (const manner of GONE) {
  test(`a page left open finds its parts ${manner === 'gone' ? 'gone' : 'replaced by a page'}, and answers from the new deploy`, async ({ page }) => {
    await openClient(page, server);
    expect(await ask(page, '文渡桥')).toEqual(old[0]);
    deploy(deploys.next, manner);
    const after = await answers(page);
    for (const [at, answer] of after.entries()) expect([old[at], next[at]]).toContainEqual(answer);
    expect(after).toContainEqual(next[1]);
    expect(await stats(page)).toMatchObject({ renewed: 1, crashes: 0 });
    // From here on it is a page of the new deploy.
    expect(await answers(page)).toEqual(next);
  });

  test(`calls made at once on a page left open are all answered (${manner})`, async ({ page }) => {
    await openClient(page, server);
    expect(await ask(page, '文渡桥')).toEqual(old[0]);
    deploy(deploys.next, manner);
    const after = await Promise.all(QUERIES.map((query) => ask(page, query)));
    for (const [at, answer] of after.entries()) expect([old[at], next[at]]).toContainEqual(answer);
    expect(await stats(page)).toMatchObject({ renewed: 1 });
  });

  test(`a page whose scripts are of the deploy before says that it must be reloaded (${manner})`, async ({ page }) => {
    await page.goto(`${server.url}element.html`);
    const box = page.locator('souwen-search');
    const input = box.locator('input[role=combobox]');
    await input.focus();
    await expect.poll(() => server.asked.some((name) => name.startsWith('index-'))).toBe(true);
    deploy(deploys.newer, manner);
    await input.fill('wenduqiao');
    const error = box.locator('[part=error]');
    await expect(error.locator('.status-title')).toHaveText('本站刚刚更新过');
    await box.getByRole('button', { name: '刷新页面' }).click();
    await box.locator('input[role=combobox]').fill('wenduqiao');
    await expect(box.locator('.hit').first()).toContainText('文渡桥');
  });

  test(`to the developer the same is said by code and message (${manner})`, async ({ page }) => {
    await openClient(page, server);
    deploy(deploys.newer, manner);
    expect(await ask(page, 'wenduqiao')).toMatchObject({
      code: 'unsupported-version',
      message: expect.stringMatching(/search\/souwen-more-[0-9a-f]+\.wasm is gone: the site has another version of the search by now; reload the page/u),
    });
  });

  test(`a wasm file that was not uploaded is not taken for damage (${manner})`, async ({ page }) => {
    server.behave(/^souwen-[0-9a-f]+\.wasm$/u, manner);
    expect(await opening(page, server)).toMatchObject({
      code: 'bundle-not-found',
      message: expect.stringMatching(/souwen-[0-9a-f]+\.wasm is not there; upload the whole bundle folder/u),
    });
  });
}

test('a manifest of the deploy before and an index of the next are no error: the manifest is asked for again', async ({ page }) => {
  server.folder = deploys.next;
  server.behave(/^souwen\.json$/u, { from: deploys.old }, 1);
  await openClient(page, server);
  expect(await answers(page)).toEqual(next);
});

test('a manifest that stays that of the deploy before is told with the name of the file that is gone', async ({ page }) => {
  for (const manner of GONE) {
    deploy(deploys.next, manner);
    server.behave(/^souwen\.json$/u, { from: deploys.old });
    expect(await opening(page, server)).toMatchObject({
      code: 'bundle-damaged',
      message: expect.stringMatching(/search\/index-[0-9a-f]+\.souwen: the server answered 404/u),
    });
  }
});

test('a page left open, to which a cache gives the old manifest, says that its data are not whole', async ({ page }) => {
  await openClient(page, server);
  expect(await ask(page, '文渡桥')).toEqual(old[0]);
  server.folder = deploys.next;
  server.behave(/^souwen\.json$/u, { from: deploys.old });
  const asked = server.asked.length;
  expect(await ask(page, '图书馆 停电')).toMatchObject({ code: 'bundle-damaged', message: expect.stringMatching(/\.souwen: /u) });
  // Once: nothing is asked for over and over.
  expect(server.asked.slice(asked).filter((name) => name === 'souwen.json').length).toBeLessThanOrEqual(1);
  server.calm();
  const after = await answers(page);
  for (const [at, answer] of after.entries()) expect([old[at], next[at]]).toContainEqual(answer);
  expect(after[1]).toEqual(next[1]);
});

test('half a file, which a cache takes for all of it, is told for what it is', async ({ page }) => {
  server.behave(/^index-/u, 'short');
  expect(await opening(page, server)).toMatchObject({ code: 'bundle-damaged', message: expect.stringMatching(/index-.*: has \d+ bytes where the manifest says \d+/u) });
  server.calm();
  server.behave(/^souwen-more/u, 'short');
  await openClient(page, server);
  expect(await ask(page, 'wenduqiao')).toMatchObject({ code: 'bundle-damaged', message: expect.stringMatching(/souwen-more-.*\.wasm is not whole/u) });
  server.calm();
  expect(await answers(page)).toEqual(old);
});
