/** Two deploys of one archive in parts, of which the second has an article more, and the same with another runtime. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { OpenOptions } from '../engine/client.ts';
import type { Engine, EngineStats, SearchResult } from '../engine/types.ts';
import { buildBundle, CORPUS } from '../program.ts';
import { UnrulyServer } from './unruly-server.ts';

/** Plain, several words, run together, a slip, pinyin, nothing, everything. */
export const QUERIES = ['文渡桥', '图书馆 停电', '老街夜市', '文度桥', 'wenduqiao', '量子纠缠望远镜', ''];

const ARTICLE = { id: 'later', title: '文渡桥通车之后', date: '2026-01-05', paragraphs: ['老街夜市更热闹了，图书馆也不再停电。'] };

export interface Deploys {
  readonly old: string;
  readonly next: string;
  /** `next`, with scripts and wasm files under other names. */
  readonly newer: string;
  remove(): void;
}

export function buildDeploys(): Deploys {
  const folder = mkdtempSync(path.join(tmpdir(), 'souwen-deploys-'));
  const at = (name: string): string => path.join(folder, name);
  const config = at('souwen.toml');
  writeFileSync(config, '[bundle]\nsingle_file = 0\npart = 16384\n');
  buildBundle(CORPUS, at('old'), config);
  cpSync(CORPUS, at('articles'), { recursive: true });
  writeFileSync(at('articles/later.jsonl'), `${JSON.stringify(ARTICLE)}\n`);
  buildBundle(at('articles'), at('next'), config);
  cpSync(at('next'), at('newer'), { recursive: true });
  renameRuntime(at('newer'));
  return { old: at('old'), next: at('next'), newer: at('newer'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Gives the files of a bundle's runtime the names that they would have with other contents. */
function renameRuntime(folder: string): void {
  const other = (text: string): string => text.replace(/(souwen(?:-more|-worker|-words-[a-z-]+)?-)([0-9a-f]{12})(?=\.)/gu, (_, stem: string, hash: string) => stem + [...hash].reverse().join(''));
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (/\.js(?:on)?$/u.test(name)) writeFileSync(file, other(readFileSync(file, 'utf8')));
    renameSync(file, path.join(folder, other(name)));
  }
}

/** An empty page with an engine. */
export async function openClient(page: Page, server: UnrulyServer, options: OpenOptions = {}): Promise<void> {
  await page.goto(`${server.url}client.html`);
  await page.evaluate(async (own) => {
    type Client = { open(url: string, options: OpenOptions): Promise<Engine> };
    const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as Client;
    Object.assign(window, { engine: await open('search/', own) });
  }, options);
}

export interface Asked {
  readonly answer?: Omit<SearchResult, 'tookMs'>;
  readonly article?: unknown;
  readonly code?: string;
  readonly message?: string;
}

/** What the engine says to a query, and of its first hit, without the time that it took. */
export const ask = (page: Page, query: string): Promise<Asked> =>
  page.evaluate(async (own) => {
    const { engine } = window as unknown as { engine: Engine };
    try {
      const { tookMs, ...answer } = await engine.search(own);
      const first = answer.hits[0];
      return { answer, article: first ? await engine.document(first.id) : null };
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return { code: code ?? 'none', message };
    }
  }, query);

/** The same of opening, on an empty page. */
export async function opening(page: Page, server: UnrulyServer): Promise<Asked> {
  await page.goto(`${server.url}client.html`);
  return page.evaluate(async () => {
    const { open } = (await import(new URL('search/souwen-client.js', location.href).href)) as { open(url: string): Promise<Engine> };
    try {
      Object.assign(window, { engine: await open('search/') });
      return {};
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return { code: code ?? 'none', message };
    }
  });
}

/** What the engine says to each query, one after the other. */
export async function answers(page: Page, queries: readonly string[] = QUERIES): Promise<Asked[]> {
  const all: Asked[] = [];
  for (const query of queries) all.push(await ask(page, query));
  return all;
}

/** The same of a bundle, by a server that does nothing wrong. */
export async function rightAnswers(browser: Browser, bundle: string): Promise<Asked[]> {
  const server = await UnrulyServer.start(bundle);
  const page = await browser.newPage();
  await openClient(page, server);
  const right = await answers(page);
  await page.close();
  server.stop();
  return right;
}

export const stats = (page: Page): Promise<EngineStats> =>
  page.evaluate(() => (window as unknown as { engine: Engine }).engine.stats());

/** Lets go of what the browser itself logs about a server that misbehaves; anything else stays a complaint. */
export function forgive(complaints: string[]): void {
  const others = complaints.filter((complaint) => !/^\d{3} http|Failed to load resource|net::ERR_/u.test(complaint));
  complaints.splice(0, complaints.length, ...others);
}
