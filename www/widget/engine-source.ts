import type { DownloadProgress, Engine } from '../engine/types.ts';

/** The engine for a bundle's absolute URL: the one opened before or, where there is none or it has been closed, a new one. */
export type Opener = (bundle: string, onProgress: (progress: DownloadProgress) => void) => Promise<Engine>;

/** What an element without engine and without the URL of a bundle fails with. */
export class NoBundleError extends Error {
  override readonly name = 'NoBundleError';
  readonly code = 'no-bundle';
}

/**
 * Where an element's engine comes from: the one it was given or the opener's for its bundle, which
 * is asked anew at each need, since engines may be closed.
 */
export class EngineSource {
  readonly #changed: () => void;
  #given: Engine | undefined;
  #bundle: string | undefined;

  /** How much of an engine on its way is there, between 0 and 1; nothing while none is on its way. */
  opening: number | undefined;

  /** @param changed Is called when `opening` changes. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Sets where to take the engine from; true when that is another place than before. */
  set(given: Engine | undefined, bundle: string | undefined): boolean {
    if (given === this.#given && bundle === this.#bundle) return false;
    this.#given = given;
    this.#bundle = bundle;
    return true;
  }

  async get(opener: Opener | undefined, base: string): Promise<Engine> {
    if (this.#given) return this.#given;
    if (!opener || this.#bundle === undefined) throw new NoBundleError('No engine and no bundle.');
    let url: URL;
    try {
      url = new URL(this.#bundle, base);
    } catch (cause) {
      throw new NoBundleError(`"${this.#bundle}" is not the URL of a bundle.`, { cause });
    }
    return opener(url.href, ({ loaded, total }) => {
      this.opening = loaded < total ? loaded / total : undefined;
      this.#changed();
    });
  }
}
