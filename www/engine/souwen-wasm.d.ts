/** The wasm package, as the build finds it in `pkg/` (`wasm-pack --target web`). */
declare module 'souwen-wasm' {
  import type { Article, EngineInfo, SearchOptions, SearchResult, Suggestion } from './types.ts';

  /** Instantiates the module, once for each copy of the script that is loaded. */
  export default function init(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;

  /** An opened index. Failures are thrown with a `code` of `SouwenErrorCode`. */
  export class Souwen {
    private constructor();
    static open(source?: string | Uint8Array): Promise<Souwen>;
    /** This and the next three give `undefined` where parts of the index are lacking: `bring()` them and ask again. */
    search(query: string, options?: SearchOptions): SearchResult | undefined;
    suggest(text: string, options?: { limit?: number }): Suggestion[] | undefined;
    related(query: string, options?: { limit?: number }): string[] | undefined;
    document(id: string): Article | undefined;
    bring(): Promise<void>;
    download(onProgress?: (loaded: number, total: number) => void): Promise<void>;
    info(): EngineInfo;
    free(): void;
  }
}
