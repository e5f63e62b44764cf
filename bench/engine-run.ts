/** All measurements of one engine. A step that fails or is late is told, and costs no other step. */
import { EngineBrowser } from './browser.ts';
import { buildEngine } from './build.ts';
import type { Built } from './build.ts';
import type { BuildInput, Engine } from './engines/index.ts';
import { measureCold, measureFirst, measureRank, measureSlow, measureStrings, measureWarm } from './measure.ts';
import type { ColdFigures, FirstFigures, Limits, QualityFigures, QuerySets, WarmFigures } from './measure.ts';
import type { Query, WantedString } from './queries.ts';

const MINUTE = 60_000;
/** A minute for each of some eight steps keeps a run over ten thousand articles to half an hour. */
const LIMITS: Limits = { rounds: 5, phaseMs: MINUTE };
/** A step that cannot be asked to stop is given up after this. */
const STEP_MS = 6 * MINUTE;
const BUILD_MS = 15 * MINUTE;

export interface Measured {
  readonly engine: Pick<Engine, 'id' | 'name' | 'setting' | 'whole' | 'quotes'>;
  readonly version: string;
  readonly chromium: string;
  readonly built: Built | null;
  readonly first: FirstFigures | null;
  /** Milliseconds to the first answer over a slow line; not for engines that load everything before it. */
  readonly slow: readonly number[] | null;
  readonly cold: readonly ColdFigures[] | null;
  readonly warm: WarmFigures | null;
  readonly strings: QualityFigures | null;
  readonly quoted: QualityFigures | null;
  readonly headlines: { queries: number; mrr: number } | null;
  readonly headlineWords: { queries: number; mrr: number } | null;
  /** What failed, and why. */
  readonly failures: readonly string[];
}

export async function runEngine(engine: Engine, version: string, input: BuildInput, sets: QuerySets): Promise<Measured> {
  const failures: string[] = [];
  const step = async <T>(name: string, ms: number, work: () => Promise<T>): Promise<T | null> => {
    const start = performance.now();
    try {
      const done = await inTime(work(), ms);
      console.error(`${engine.name}: ${name}, ${((performance.now() - start) / 1000).toFixed(0)} s`);
      return done;
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
      console.error(`${engine.name}: ${name} failed: ${reason}`);
      failures.push(`${name}: ${reason}`);
      return null;
    }
  };

  const built = await step('build', BUILD_MS, () => buildEngine(engine, input, BUILD_MS));
  const browser = built && (await step('browser', STEP_MS, () => EngineBrowser.start(input.out)));
  const ask = <T>(name: string, work: (browser: EngineBrowser) => Promise<T>): Promise<T | null> =>
    browser ? step(name, STEP_MS, () => work(browser)) : Promise.resolve(null);

  const first = await ask('first answer', (browser) => measureFirst(browser, engine.whole, sets, LIMITS));
  const slow = engine.whole ? null : await ask('slow line', (browser) => measureSlow(browser, sets, LIMITS));
  const cold = await ask('cold queries', (browser) => measureCold(browser, engine.whole, sets, LIMITS));
  const warm = await ask('warm queries', (browser) => measureWarm(browser, sets, LIMITS));
  const ids = built ? await engine.articles?.(input.out) : undefined;
  const numberOf = (id: string | number): number => ids?.get(String(id)) ?? Number(id);
  const quality = await ask('quality', (browser) =>
    browser.fresh(sets.headlines[0]?.query ?? '', async (page) => ({
      strings: await measureStrings(page, standing(sets.strings, input, false), numberOf, LIMITS),
      quoted: engine.quotes ? await measureStrings(page, standing(sets.strings, input, true), numberOf, LIMITS) : null,
      headlines: await measureRank(page, sets.headlines, LIMITS),
      headlineWords: await measureRank(page, sets.headlineWords, LIMITS),
    })),
  );
  await browser?.stop();

  const { id, name, setting, whole, quotes } = engine;
  return {
    engine: { id, name, setting, whole, quotes },
    version,
    chromium: browser?.version ?? '',
    built,
    first,
    slow,
    cold,
    warm,
    strings: quality?.strings ?? null,
    quoted: quality?.quoted ?? null,
    headlines: quality?.headlines ?? null,
    headlineWords: quality?.headlineWords ?? null,
    failures,
  };
}

/**
 * The strings, quoted or not, with the articles in which they stand. Where a string stands only if blanks and forms of characters
 * are passed over, as in a justified line, an engine may find it or not.
 */
function standing(strings: readonly Query[], { articles }: BuildInput, quoted: boolean): WantedString[] {
  const texts = articles.map(({ title, body }) => `${title}\n${body}`);
  const folded = texts.map((text) => text.normalize('NFKC').replace(/\s+/gu, ''));
  const holders = (texts: readonly string[], string: string): Set<number> =>
    new Set(texts.flatMap((text, number) => (text.includes(string) ? [number] : [])));
  return strings.map(({ query }) => ({
    query: quoted ? `"${query}"` : query,
    articles: holders(texts, query),
    allowed: holders(folded, query),
  }));
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
