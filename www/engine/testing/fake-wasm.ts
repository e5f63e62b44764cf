/**
 * A stand-in for the wasm package: finds articles whose text has every word of the query, with
 * `String.includes`, and takes 何 for a slip of 河. It behaves like the package at the border (same shapes, same errors), which
 * is all that the tests of this room need.
 */
import type { OpenWasm, WasmEngine } from '../wasm.ts';
import type { Article, Hit, Mark, MarkedText, SearchOptions, SearchResult, Suggestion } from '../types.ts';

/** A query that breaks the instance the first so many times it is asked, over all instances. */
export interface Fault {
  readonly query: string;
  times: number;
}

export interface FakeLog {
  opened: number;
  freed: number;
  /** How often all of an engine was asked for. */
  completed: number;
  /** How often it was told to keep what it had fetched. */
  kept: number;
  searched: string[];
}

export function fakeWasm(articles: readonly Article[], faults: Fault[] = [], log: FakeLog = newLog()): OpenWasm {
  return async (source) => {
    log.opened += 1;
    if (source === 'https://example.org/none/') throw wasmError('bundle-not-found', 'No bundle there.');
    if (source === 'https://example.org/trap/') throw new WebAssembly.RuntimeError('unreachable');
    const engine = new FakeEngine(articles, faults, log);
    const complete = async (): Promise<void> => {
      log.completed += 1;
      engine.whole = true;
    };
    return { engine, complete, usage: () => ({ memory: 65536, requests: 3, received: 300, retried: 0 }) };
  };
}

export function newLog(): FakeLog {
  return { opened: 0, freed: 0, completed: 0, kept: 0, searched: [] };
}

/** What the package throws. */
export function wasmError(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: 'SouwenError', code });
}

class FakeEngine implements WasmEngine {
  readonly #articles: readonly Article[];
  readonly #faults: Fault[];
  readonly #log: FakeLog;
  whole = false;

  constructor(articles: readonly Article[], faults: Fault[], log: FakeLog) {
    this.#articles = [...articles].sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1));
    this.#faults = faults;
    this.#log = log;
  }

  searchAsTyped(query: string, options: SearchOptions = {}): SearchResult | null {
    if (/["|()-]/u.test(query) || options.filters || options.sort === 'date') return null;
    const result = this.#search(query, options);
    return result.corrections.length > 0 ? null : result;
  }

  search(query: string, options: SearchOptions = {}): SearchResult {
    this.#trapUnlessWhole();
    return this.#search(query, options);
  }

  #search(query: string, options: SearchOptions): SearchResult {
    this.#log.searched.push(query);
    const fault = this.#faults.find((one) => one.query === query && one.times > 0);
    if (fault) {
      fault.times -= 1;
      throw new WebAssembly.RuntimeError('unreachable');
    }
    const { limit = 10, offset = 0 } = options;
    if (limit < 0 || limit > 1000) throw wasmError('invalid-argument', 'limit goes from 0 to 1000.');
    const meant = query.replaceAll('何', '河');
    const slipped = meant !== query && this.#matching(wordsOf(query)).length === 0;
    const applied = slipped && (options.correct ?? true);
    const words = wordsOf(applied ? meant : query);
    let kept = words;
    let found = this.#matching(kept);
    while (found.length === 0 && kept.length > 1) {
      kept = kept.slice(0, -1);
      found = this.#matching(kept);
    }
    const dropped = words.slice(kept.length);
    return {
      total: found.length,
      totalIsExact: true,
      hits: found.slice(offset, offset + limit).map((article) => hit(article, kept, dropped)),
      facets: {},
      corrections: slipped ? [{ query: meant, reason: 'sound', applied }] : [],
      relaxed: dropped.length > 0 && found.length > 0 ? { dropped, complete: 0 } : null,
      tookMs: 0.1,
    };
  }

  async bring(): Promise<void> {}

  async keep(): Promise<void> {
    this.#trapUnlessWhole();
    this.#log.kept += 1;
  }

  suggest(text: string, options: { limit?: number } = {}): Suggestion[] {
    this.#trapUnlessWhole();
    return this.#articles
      .filter((article) => article.title.startsWith(text))
      .slice(0, options.limit ?? 8)
      .map((article) => ({ text: article.title, kind: 'title', id: article.id }));
  }

  related(query: string, options: { limit?: number } = {}): string[] {
    this.#trapUnlessWhole();
    const tags = this.#matching(wordsOf(query)).flatMap((article) => article.tags);
    return [...new Set(tags)].filter((tag) => tag !== query).slice(0, options.limit ?? 8);
  }

  document(id: string): Article {
    this.#trapUnlessWhole();
    const article = this.#articles.find((one) => one.id === id);
    if (!article) throw wasmError('not-found', `No article has the id ${id}.`);
    return article;
  }

  async download(onProgress?: (loaded: number, total: number) => void): Promise<void> {
    this.#trapUnlessWhole();
    onProgress?.(1, 2);
    await Promise.resolve();
    onProgress?.(2, 2);
  }

  info(): ReturnType<WasmEngine['info']> {
    const articles = this.#articles.length;
    return { name: '样报', language: 'zh-CN', articles, characters: 0, terms: 0, version: 1, generator: 'fake' };
  }

  free(): void {
    this.#log.freed += 1;
  }

  /** What calls through an empty slot of the function table. */
  #trapUnlessWhole(): void {
    if (!this.whole) throw new WebAssembly.RuntimeError('null function');
  }

  #matching(words: readonly string[]): Article[] {
    return this.#articles.filter((article) => {
      const text = [article.title, ...article.paragraphs, ...article.captions].join('\n');
      return words.every((word) => text.includes(word));
    });
  }
}

function hit(article: Article, words: readonly string[], missing: readonly string[]): Hit {
  const body = article.paragraphs[0] ?? '';
  const caption = body === '';
  return {
    id: article.id,
    url: article.url,
    kind: article.kind,
    date: article.date,
    dateInferred: article.date_inferred,
    section: article.section,
    reporters: article.reporters,
    score: 1,
    title: mark(article.title, words),
    kicker: article.kicker,
    subtitle: article.subtitle,
    snippet: { ...mark(caption ? (article.captions[0] ?? '') : around(body, words), words), caption },
    missing,
    similar: [],
  };
}

function wordsOf(query: string): string[] {
  return query.split(/\s+/u).filter(Boolean);
}

function around(text: string, words: readonly string[]): string {
  const at = Math.max(0, text.indexOf(words[0] ?? '') - 24);
  return (at > 0 ? '…' : '') + text.slice(at, at + 90) + (at + 90 < text.length ? '…' : '');
}

function mark(text: string, words: readonly string[]): MarkedText {
  const marks: Mark[] = words
    .map((word): Mark => [text.indexOf(word), text.indexOf(word) + word.length])
    .filter(([start]) => start >= 0)
    .sort((a, b) => a[0] - b[0]);
  return { text, marks };
}
