/**
 * One engine that is asked all day: its memory stays where it was, its answers what they were, while what it has fetched is
 * dropped and fetched again. `SOUWEN_LONG=1` asks 100,000 times, of the ten thousand articles.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { Engine } from '../engine/types.ts';
import { heapsOf } from '../heaps.ts';
import { buildBundle, CORPUS, NEWS } from '../program.ts';
import { pick, seededRandom } from '../sampling.ts';
import type { Random } from '../sampling.ts';
import { forgive, openClient, stats } from './deploys.ts';
import { expect, test } from './fixtures.ts';
import { UnrulyServer } from './unruly-server.ts';

const LONG = Boolean(process.env['SOUWEN_LONG']) && existsSync(NEWS);
const SEARCHES = LONG ? 100_000 : 1000;
/** After so many, what is needed of memory has been taken. */
const WARM = SEARCHES / 10;
const BATCH = SEARCHES / 100;
/** Bytes that the engine keeps of what it has fetched: few, so that it drops them again and again. */
const MEMORY = LONG ? 4_000_000 : 40_000;

let folder: string;
let server: UnrulyServer;
/** What queries are taken from. */
let sentences: string[];

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = mkdtempSync(path.join(tmpdir(), 'souwen-soak-'));
  const config = path.join(folder, 'souwen.toml');
  writeFileSync(config, `[bundle]\nsingle_file = 0\n${LONG ? '' : 'part = 16384\n'}`);
  sentences = LONG
    ? gunzipSync(readFileSync(NEWS)).toString().trim().split('\n').flatMap((line) => sentencesOf((JSON.parse(line) as { body: string }).body))
    : ['棠川城东的图书馆昨天停电', '文渡桥通车以后，老街夜市更热闹了', '公交站台新增座椅，斑马线重新划过'];
  buildBundle(LONG ? NEWS : CORPUS, path.join(folder, 'search'), config);
  server = await UnrulyServer.start(path.join(folder, 'search'));
});
test.afterAll(() => {
  server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

function sentencesOf(text: string): string[] {
  return text.match(/[^。！？\n]{8,80}[。！？]/gu) ?? [];
}

/** Words out of the texts: two to four characters, one word or two, some of them in quotation marks. */
function query(random: Random): string {
  const word = (): string => {
    const text = pick(sentences, random);
    const at = random(Math.max(text.length - 4, 1));
    return text.slice(at, at + 2 + random(3)).replaceAll(/[^\p{Script=Han}\p{Nd}a-z]/giu, '');
  };
  const kind = random(10);
  if (kind < 6) return word();
  return kind < 9 ? `${word()} ${word()}` : `"${word()}"`;
}

/** The answers to some queries, one after the other, without the time that each took; of many only how many failed. */
const asked = (page: Page, queries: readonly string[], all: boolean): Promise<{ answers: string[]; failed: string[] }> =>
  page.evaluate(
    async ([own, keep]) => {
      const { engine } = window as unknown as { engine: Engine };
      const answers: string[] = [];
      const failed: string[] = [];
      for (const one of own) {
        try {
          const { tookMs, ...answer } = await engine.search(one);
          if (keep) answers.push(JSON.stringify(answer));
        } catch (error) {
          failed.push(`${one}: ${(error as Error).message}`);
        }
      }
      return { answers, failed };
    },
    [queries, all] as const,
  );

test(`${SEARCHES} searches take no more memory than the first ${WARM}, and answer as those did`, async ({ page, complaints }) => {
  test.setTimeout(LONG ? 7_200_000 : 120_000);
  await openClient(page, server, { memory: MEMORY });
  const random = seededRandom(11);
  const controls = Array.from({ length: 30 }, () => query(random));
  const first = await asked(page, controls, true);
  expect(first.failed).toEqual([]);
  const taken: { wasm: number; heap: number }[] = [];
  const began = Date.now();
  for (let done = BATCH; done <= SEARCHES; done += BATCH) {
    const queries = Array.from({ length: BATCH }, () => query(random));
    expect((await asked(page, queries, false)).failed).toEqual([]);
    if (done % WARM !== 0) continue;
    expect(await asked(page, controls, true), `after ${done} searches`).toEqual(first);
    const { memory, requests, received, crashes, renewed } = await stats(page);
    expect([crashes, renewed]).toEqual([0, 0]);
    taken.push({ wasm: memory, heap: await heapsOf(page) });
    const [wasm, heap, fetched] = [memory, taken.at(-1)!.heap, received].map((bytes) => (bytes / 1e6).toFixed(1));
    const each = ((Date.now() - began) / done).toFixed(2);
    console.log(`${done} searches, ${each} ms each: wasm ${wasm} MB, heaps ${heap} MB, ${requests} requests, ${fetched} MB fetched`);
  }
  const [warm, ...later] = taken;
  for (const { wasm, heap } of later) {
    expect(wasm).toBeLessThanOrEqual(warm!.wasm * 1.1);
    expect(heap).toBeLessThanOrEqual(warm!.heap * 1.1 + 1e6);
  }
  forgive(complaints);
});
