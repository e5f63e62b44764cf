/** What is measured of an engine in the browser. */
import type { Page } from 'playwright-core';
import type { EngineBrowser } from './browser.ts';
import { Line } from './line.ts';
import { memoryOf, noteMemories } from './memory.ts';
import type { Query, Wanted, WantedString } from './queries.ts';
import { READER_KINDS } from './queries.ts';

/** The queries of one run, the same for every engine. */
export interface QuerySets {
  /** Asked first, each in a page of its own. */
  readonly first: readonly Query[];
  /** Asked as the second query of a page. */
  readonly cold: readonly Query[];
  /** Asked again and again. */
  readonly warm: readonly Query[];
  /** Random strings, of which every result is compared. */
  readonly strings: readonly Query[];
  readonly headlines: readonly Wanted[];
  readonly headlineWords: readonly Wanted[];
}

/** How long things may take; what takes longer is asked in fewer rounds. */
export interface Limits {
  readonly rounds: number;
  readonly phaseMs: number;
}

export interface FirstFigures {
  readonly ms: readonly number[];
  readonly bytes: readonly number[];
  readonly requests: readonly number[];
  /** Of the answer with the median of bytes: bytes by the kind of file. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** Of the same queries: bytes and milliseconds of each. */
export interface ColdFigures {
  readonly reader: boolean;
  readonly ms: number;
  readonly bytes: number;
  readonly requests: number;
}

export interface WarmFigures {
  /** Milliseconds of every query in every round. */
  readonly ms: readonly number[];
  readonly rounds: number;
  /** Bytes of memory of the page and its workers after that. */
  readonly memory: number;
}

export interface QualityFigures {
  readonly strings: number;
  readonly recall: number;
  readonly precision: number;
  /** Of how many strings every article was found, and of how many none but those. */
  readonly complete: number;
  readonly clean: number;
}

/** Pages with one cold query each are worth more time: their figures are what an engine that loads on demand is about. */
const COLD_MS = 150_000;

const isReader = (kind: string): boolean => (READER_KINDS as readonly string[]).includes(kind);

/** Calls `step` with one thing after another until all are done or the time is up; at least once. */
async function within<T, R>(things: readonly T[], ms: number, step: (thing: T) => Promise<R>): Promise<R[]> {
  const end = performance.now() + ms;
  const results: R[] = [];
  for (const thing of things) {
    results.push(await step(thing));
    if (performance.now() > end) break;
  }
  return results;
}

/** Where every query loads the same, one in so many of the queries is enough; no multiple of the number of kinds. */
const SAMPLE = 5;

const sampleOf = <T>(things: readonly T[], whole: boolean): readonly T[] =>
  whole ? things.filter((_, at) => at % SAMPLE === 0) : things;

/** The first answer of a page, each with empty caches. */
export async function measureFirst(
  browser: EngineBrowser,
  whole: boolean,
  { first }: QuerySets,
  { phaseMs }: Limits,
): Promise<FirstFigures> {
  const answers = await within(sampleOf(first, whole), phaseMs, async ({ query }) => {
    const answer = await browser.undisturbed(query);
    if (answer.shown === 0) throw new Error(`No result with title and snippet for ${query}.`);
    return answer;
  });
  const ascending = [...answers].sort((a, b) => a.traffic.bytes - b.traffic.bytes);
  return {
    ms: answers.map(({ ms }) => ms),
    bytes: answers.map(({ traffic }) => traffic.bytes),
    requests: answers.map(({ traffic }) => traffic.requests),
    kinds: Object.fromEntries(ascending[Math.floor((ascending.length - 1) / 2)]?.traffic.kinds ?? []),
  };
}

/** A mobile line of the third generation: 400 ms to an answer's first byte, 400 kbit/s for all. */
const SLOW = { latencyMs: 400, kilobits: 400 };

/** Milliseconds to the first answer over a slow line, each with empty caches. */
export async function measureSlow(browser: EngineBrowser, { first }: QuerySets, { phaseMs }: Limits): Promise<number[]> {
  browser.host.line = new Line(SLOW.latencyMs, SLOW.kilobits);
  try {
    return await within(first, phaseMs, async ({ query }) => (await browser.undisturbed(query)).ms);
  } finally {
    browser.host.line = undefined;
  }
}

/** The second query of a page. Where everything is loaded before the first one, all are asked in one page. */
export async function measureCold(browser: EngineBrowser, whole: boolean, sets: QuerySets, { phaseMs }: Limits): Promise<ColdFigures[]> {
  const { first, cold } = sets;
  const one = async (page: Page, { kind, query }: Query): Promise<ColdFigures> => {
    const { ms, traffic } = await browser.ask(page, query);
    return { reader: isReader(kind), ms, bytes: traffic.bytes, requests: traffic.requests };
  };
  const opener = (at: number): string => first[at % first.length]?.query ?? '';
  if (whole) return browser.fresh(opener(0), (page) => within(sampleOf(cold, true), phaseMs, (query) => one(page, query)));
  return within([...cold.entries()], COLD_MS, ([at, query]) => browser.fresh(opener(at), (page) => one(page, query)));
}

/** The same queries again and again in one page, everything they need having been loaded. */
export function measureWarm(browser: EngineBrowser, { warm }: QuerySets, { rounds, phaseMs }: Limits): Promise<WarmFigures> {
  const queries = warm.map(({ query }) => query);
  const use = async (page: Page): Promise<WarmFigures> => {
    const ask = (rounds: number): Promise<number[][]> =>
      page.evaluate(({ queries, rounds, phaseMs }) => bench.rounds(queries, rounds, phaseMs), { queries, rounds, phaseMs });
    await ask(1);
    const times = await ask(rounds);
    return { ms: times.flat(), rounds: times.length, memory: await memoryOf(page) };
  };
  return browser.fresh(queries[0] ?? '', (page) => use(page), noteMemories);
}

/** Every result of random strings against the articles in which they stand. */
export async function measureStrings(
  page: Page,
  strings: readonly WantedString[],
  numberOf: (id: string | number) => number,
  { phaseMs }: Limits,
): Promise<QualityFigures> {
  const compared = await within(strings, phaseMs, async ({ query, articles, allowed }) => {
    const found = new Set((await page.evaluate((query) => bench.all(query), query)).map(numberOf));
    const count = (wanted: ReadonlySet<number>): number => [...found].filter((article) => wanted.has(article)).length;
    return { recall: count(articles) / articles.size, precision: found.size === 0 ? 0 : count(allowed) / found.size };
  });
  const mean = (of: (one: (typeof compared)[number]) => number): number =>
    compared.reduce((sum, one) => sum + of(one), 0) / compared.length;
  return {
    strings: compared.length,
    recall: mean(({ recall }) => recall),
    precision: mean(({ precision }) => precision),
    complete: compared.filter(({ recall }) => recall === 1).length,
    clean: compared.filter(({ precision }) => precision === 1).length,
  };
}

/** The mean reciprocal rank, among ten results, of the first article that was wanted. */
export async function measureRank(page: Page, queries: readonly Wanted[], { phaseMs }: Limits): Promise<{ queries: number; mrr: number }> {
  const ranks = await within(queries, phaseMs, async ({ query, articles }) => {
    const hits = await page.evaluate((query) => bench.search(query), query);
    const at = hits.findIndex(({ article }) => articles.has(article));
    return at < 0 ? 0 : 1 / (at + 1);
  });
  return { queries: ranks.length, mrr: ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length };
}
