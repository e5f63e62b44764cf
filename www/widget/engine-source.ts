import type { DownloadProgress, Engine } from '../engine/types.ts';

/**
 * The engine for a bundle's absolute URL: the one opened before or, where there is none or it has been closed, a new one.
 * Without `onProgress` it is a new one in any case, and the caller's own.
 */
export type Opener = (bundle: string, onProgress?: (progress: DownloadProgress) => void) => Promise<Engine>;

/** What an element without engine and without the URL of a bundle fails with. */
export class NoBundleError extends Error {
  override readonly name = 'NoBundleError';
  readonly code = 'no-bundle';
}

/** What a site's own engine fails with when its files have been replaced. */
const STALE: ReadonlySet<string> = new Set(['bundle-damaged', 'unsupported-version', 'closed', 'engine-crashed']);

/**
 * Where an element's engine comes from: the one it was given or the opener's for its bundle, which
 * is asked anew at each need, since engines may be closed.
 */
export class EngineSource {
  readonly #changed: () => void;
  #given: Engine | undefined;
  #bundle: string | undefined;
  #opened: Promise<Engine> | undefined;

  /** How much of an engine on its way is there, between 0 and 1; nothing while none is on its way. */
  opening: number | undefined;

  /** @param changed Is called when `opening` changes. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /**
   * Sets where to take the engine from; true when that is another place than before. An engine takes a bundle's
   * integrity from the fragment of its URL.
   */
  set(given: Engine | undefined, folder: string | undefined, integrity = ''): boolean {
    const bundle = folder && integrity ? `${folder.replace(/#.*/u, '')}#${integrity}` : folder;
    if (given === this.#given && bundle === this.#bundle) return false;
    this.#given = given;
    this.#bundle = bundle;
    return true;
  }

  /**
   * Closes the engine where an error says that its files are no longer those of the site, as after a
   * deploy; the next need opens another. One that was given is its giver's.
   */
  async renew(error: unknown): Promise<void> {
    const code = (error as { code?: unknown } | undefined)?.code;
    if (this.#given || typeof code !== 'string' || !STALE.has(code)) return;
    const engine = await this.#opened?.catch(() => undefined);
    engine?.close();
  }

  /** The folder of the bundle, with a slash at the end; nothing where an engine was given, or no bundle. */
  folder(base: string): string | undefined {
    if (this.#given || this.#bundle === undefined) return undefined;
    try {
      const { href } = new URL(this.#bundle, base);
      const [folder = ''] = href.replace(/\/souwen\.json$/u, '/').split(/[?#]/u);
      return folder.endsWith('/') ? folder : `${folder}/`;
    } catch {
      return undefined;
    }
  }

  async get(opener: Opener | undefined, base: string): Promise<Engine> {
    if (this.#given) return this.#given;
    const { opener: open, url } = this.#needed(opener, base);
    this.#opened = open(url, ({ loaded, total }) => {
      this.opening = loaded < total ? loaded / total : undefined;
      this.#changed();
    });
    return this.#opened;
  }

  /** Another engine on the same bundle, the caller's own. */
  async another(opener: Opener | undefined, base: string): Promise<Engine> {
    const { opener: open, url } = this.#needed(opener, base);
    return open(url);
  }

  #needed(opener: Opener | undefined, base: string): { readonly opener: Opener; readonly url: string } {
    if (!opener || this.#bundle === undefined) throw new NoBundleError('No engine and no bundle.');
    try {
      return { opener, url: new URL(this.#bundle, base).href };
    } catch (cause) {
      throw new NoBundleError(`"${this.#bundle}" is not the URL of a bundle.`, { cause });
    }
  }
}
