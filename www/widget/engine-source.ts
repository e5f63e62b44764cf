import type { Engine } from '../engine/types.ts';

/** The engine for a bundle's absolute URL: the one opened before or, where there is none or it has been closed, a new one. */
export type Opener = (bundle: string) => Promise<Engine>;

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
  #given: Engine | undefined;
  #bundle: string | undefined;

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
    return opener(url.href);
  }
}
