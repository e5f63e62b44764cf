/** The wasm package, as the build finds it in `pkg/` (`wasm-pack --target web`). */
declare module 'souwen-wasm' {
  import type { Early } from './early.ts';
  import type { Article, EngineInfo, SearchOptions, SearchResult, Suggestion } from './types.ts';

  /** Instantiates the module, once for each copy of the script that is loaded, and gives its exports. */
  export default function init(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;

  /** An opened index. Failures are thrown with a `code` of `SouwenErrorCode`; `undefined` says that parts
   * of the index must be brought first. */
  export class Souwen {
    private constructor();
    /**
     * `early`: the manifest's text and the index's bytes, if they have been fetched already; whether the cache is none yet;
     * the digests that the manifest may have; bytes to keep in memory.
     */
    static open(
      source?: string | Uint8Array,
      early?: Omit<Early, 'module'> & { integrity?: string | undefined; memory?: number | undefined },
    ): Promise<Souwen>;
    /** `null` for all but plain words that stand in the archive as they were typed: ask `search`. */
    searchAsTyped(query: string, options?: SearchOptions): SearchResult | null | undefined;
    search(query: string, options?: SearchOptions): SearchResult | undefined;
    suggest(text: string, options?: { limit?: number }): Suggestion[] | undefined;
    related(query: string, options?: { limit?: number }): string[] | undefined;
    document(id: string): Article | undefined;
    /** Fetches what the last call lacked that gave `undefined`. */
    bring(): Promise<void>;
    /** Puts what was fetched since the last call into the browser's cache. */
    keep(): Promise<void>;
    download(onProgress?: (loaded: number, total: number) => void): Promise<void>;
    info(): EngineInfo;
    free(): void;
  }
}
