/** What an engine does in the page, and what the page offers the measurements. */

/** One result, as a reader sees it. */
export interface Hit {
  /** The article's number in the corpus. */
  readonly article: number;
  readonly title: string;
  readonly snippet: string;
}

/** An opened engine. */
export interface Opened {
  /** The best results of a query, with title and snippet. */
  search(query: string, limit: number): Promise<readonly Hit[]>;
  /** Every result of a query, by the engine's own ids or by the articles' numbers. */
  all(query: string): Promise<readonly (string | number)[]>;
  /** Bytes of the wasm memory that the page itself holds, not a worker of it. */
  wasmMemory?(): number;
}

/** The first answer, and when it was there: milliseconds since the navigation began. */
export interface FirstAnswer {
  readonly ms: number;
  readonly hits: readonly Hit[];
}

/** What the measurements call. */
export interface BenchPage {
  readonly first: Promise<FirstAnswer>;
  /** A query by the clock. */
  timed(query: string): Promise<{ ms: number; hits: readonly Hit[] }>;
  /** Milliseconds of each query in each round, as many rounds as begin within the budget; at least one. */
  rounds(queries: readonly string[], rounds: number, budgetMs: number): Promise<number[][]>;
  search(query: string): Promise<readonly Hit[]>;
  all(query: string): Promise<readonly (string | number)[]>;
  wasmMemory(): Promise<number>;
}

/** How the title of a page that has its first answer begins; its milliseconds and the number of results that were shown follow. */
export const ANSWERED = 'answered';
/** The same of a page that will have none; the reason follows. */
export const FAILED = 'failed';

declare global {
  var bench: BenchPage;
}

const LIMIT = 10;

/** Opens the engine at once and asks it the query that stands in the address after `#`. */
export function run(open: () => Promise<Opened>): void {
  const opening = open();
  const search = async (query: string): Promise<readonly Hit[]> => (await opening).search(query, LIMIT);
  const timed = async (query: string): Promise<{ ms: number; hits: readonly Hit[] }> => {
    const start = performance.now();
    const hits = await search(query);
    return { ms: performance.now() - start, hits };
  };
  const first = async (query: string): Promise<FirstAnswer> => {
    const hits = await search(query);
    return { ms: performance.now(), hits };
  };
  const answer = first(decodeURIComponent(location.hash.slice(1)));
  answer.then(
    ({ ms, hits }) => (document.title = `${ANSWERED} ${ms} ${hits.filter(({ title, snippet }) => title !== '' && snippet !== '').length}`),
    (error: unknown) => (document.title = `${FAILED} ${String(error)}`),
  );
  globalThis.bench = {
    first: answer,
    timed,
    search,
    all: async (query) => (await opening).all(query),
    wasmMemory: async () => (await opening).wasmMemory?.() ?? 0,
    rounds: async (queries, rounds, budgetMs) => {
      const end = performance.now() + budgetMs;
      const times: number[][] = [];
      for (let round = 0; round < rounds && (round === 0 || performance.now() < end); round += 1) {
        const row: number[] = [];
        for (const query of queries) row.push((await timed(query)).ms);
        times.push(row);
      }
      return times;
    },
  };
}
