/**
 * What crosses between the engine and whoever uses it. Plain data only: every value
 * here can be cloned from a worker to a page.
 */

/** What an article is made of: running text, a photo with its caption, or a table. */
export type ArticleKind = 'article' | 'photo' | 'table';

/** A half-open range `[start, end)` in UTF-16 code units. */
export type Mark = readonly [start: number, end: number];

/** A text and the ranges in it that matched the query, ascending and apart. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** The best window of an article for the query; `caption` when it stands under a photo. */
export interface Snippet extends MarkedText {
  readonly caption: boolean;
}

/** An article whose text is nearly another's: the same report, printed again. */
export interface SimilarArticle {
  readonly id: string;
  /** As a hit's. */
  readonly url: string;
  /** Empty when the article has no headline. */
  readonly title: string;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
}

/** One article found, with its reprints folded under it. */
export interface Hit {
  readonly id: string;
  /** The article's own page; empty when the publisher has none. */
  readonly url: string;
  readonly kind: ArticleKind;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  /** True when the date was read out of the text. */
  readonly dateInferred: boolean;
  /** Empty when the article names none. */
  readonly section: string;
  readonly reporters: readonly string[];
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
  /** Without text when the article has no headline. */
  readonly title: MarkedText;
  /** Empty when there is none, as is `subtitle`. */
  readonly kicker: string;
  readonly subtitle: string;
  readonly snippet: Snippet;
  /** Words of the query, as typed, that the article lacks; there are some in relaxed answers only. */
  readonly missing: readonly string[];
  /** The other articles found that say nearly the same. They are no hits of their own, but `total` counts them. */
  readonly similar: readonly SimilarArticle[];
}

/** How many of the articles found have a value in a field. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** How what was typed differs from what seems to be meant. */
export type CorrectionReason =
  /** Latin letters that spell Chinese words. */
  | 'pinyin'
  /** Characters that sound the same. */
  | 'sound'
  /** Characters that look alike. */
  | 'shape'
  /** A character or letter wrong, missing, doubled or out of place. */
  | 'spelling';

/** A query that the engine thinks was meant, and why. */
export interface Correction {
  readonly query: string;
  readonly reason: CorrectionReason;
  /** True when the hits are those of this query, not of the one typed. Only the first correction can be applied. */
  readonly applied: boolean;
}

/** How an answer was filled up with articles that lack words of the query. */
export interface Relaxed {
  /** Words that at least one of these hits lacks, as typed. */
  readonly dropped: readonly string[];
  /** How many articles hold every word; they come first, and `total` counts them too. */
  readonly complete: number;
}

/** The answer to a query. */
export interface SearchResult {
  /** Articles found, reprints among them; never fewer than there are hits. */
  readonly total: number;
  /** False when `total` is a lower bound. */
  readonly totalIsExact: boolean;
  readonly hits: readonly Hit[];
  readonly facets: Readonly<Record<string, readonly FacetCount[]>>;
  /** The likeliest first. */
  readonly corrections: readonly Correction[];
  /** Set when `total` counts articles that lack words of the query. */
  readonly relaxed: Relaxed | null;
  /** Milliseconds inside the engine, as exact as the browser's clock. */
  readonly tookMs: number;
}

/** A completion of what has been typed. */
export interface Suggestion {
  readonly text: string;
  readonly kind: 'title' | 'term';
  /** The article, when `kind` is `title`. */
  readonly id: string | null;
}

/** A whole article, under the names that `souwen extract` writes. Texts that it lacks are empty. */
export interface Article {
  readonly id: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly kicker: string;
  readonly subtitle: string;
  readonly reporters: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  /** True when the date was read out of the text. */
  readonly date_inferred: boolean;
  readonly section: string;
  readonly url: string;
  readonly tags: readonly string[];
  /** In a table, the cells of a row stand between tabs. */
  readonly paragraphs: readonly string[];
  readonly captions: readonly string[];
  /** What else the publisher's data said of it. */
  readonly metadata?: unknown;
}

/** What an opened index holds. */
export interface EngineInfo {
  readonly name: string;
  /** A language tag. */
  readonly language: string;
  readonly articles: number;
  readonly characters: number;
  readonly terms: number;
  /** Of the index format. */
  readonly version: number;
  /** The program that built it. */
  readonly generator: string;
}

/** What an engine has taken of the reader's machine and line. */
export interface EngineStats {
  /** Bytes of the wasm instance's memory now; it grows, and never becomes smaller. */
  readonly memory: number;
  /** Requests made for the running instance, whatever came of them; the browser's cache may have answered some. */
  readonly requests: number;
  /** Bytes that these have brought, as they are once unpacked. */
  readonly received: number;
  /** How many of the requests were made because the one before had failed. */
  readonly retried: number;
  /** How often the bundle was opened anew since its files had been replaced. */
  readonly renewed: number;
  /** How often an instance broke and another took its place. What is above is counted from then on. */
  readonly crashes: number;
}

/** A range of days, both ends included, each `YYYY-MM-DD`. */
export interface DateRange {
  readonly from?: string;
  readonly to?: string;
}

/** Field name → accepted values; `date` takes a range. */
export interface Filters {
  readonly date?: DateRange;
  readonly [field: string]: readonly string[] | DateRange | undefined;
}

/** How much to answer, from where, in what order, from which articles. */
export interface SearchOptions {
  /** At most so many hits, up to 1000; 10 unless given. 0 asks for the total and the facets only. */
  readonly limit?: number;
  /** So many hits are left out at the start, each with its reprints. */
  readonly offset?: number;
  /** Best first, or newest first. */
  readonly sort?: 'relevance' | 'date';
  readonly filters?: Filters;
  /** Whether to count the articles found by their values, which takes time where they are many; true unless given. */
  readonly facets?: boolean;
  /** False answers what was typed, even where another query seems to be meant; true unless given. */
  readonly correct?: boolean;
}

/** A way to say that an answer is no longer wanted. */
export interface Abortable {
  /** When it aborts, the call rejects with an `AbortError` at once. */
  readonly signal?: AbortSignal | undefined;
}

/** Bytes that have arrived, of how many. */
export interface DownloadProgress {
  readonly loaded: number;
  readonly total: number;
}

/** An opened index. Every method rejects with a `SouwenError` when it fails. */
export interface Engine {
  /** Articles for a query, best first. An empty query answers with everything, newest first. */
  search(query: string, options?: SearchOptions & Abortable): Promise<SearchResult>;
  /** Completions of what has been typed; `limit` is 8 unless given. */
  suggest(text: string, options?: { readonly limit?: number } & Abortable): Promise<readonly Suggestion[]>;
  /** Other queries that a reader of this one's results may want next; `limit` is 8 unless given. */
  related(query: string, options?: { readonly limit?: number } & Abortable): Promise<readonly string[]>;
  /** The whole article; code `not-found` when there is none with that id. */
  document(id: string, options?: Abortable): Promise<Article>;
  /** Fetches all of the bundle, so that everything answers without a network from then on. */
  download(options?: { readonly onProgress?: (progress: DownloadProgress) => void }): Promise<void>;
  /** What the index holds. */
  info(): Promise<EngineInfo>;
  /** What the engine has taken so far. */
  stats(): Promise<EngineStats>;
  /** Frees the engine. Calls still under way, and later ones, reject with code `closed`. */
  close(): void;
}
