import type { Engine } from '../engine/types.ts';

/** Opens the engine for a bundle's absolute URL. */
export type Opener = (bundle: string) => Promise<Engine>;

/** What an element without engine and without bundle fails with. */
export class NoBundleError extends Error {
  override readonly name = 'NoBundleError';
  readonly code = 'no-bundle';
}

/**
 * Where an element's engine comes from: the one it was given or, at the first need, one opened for
 * its bundle. A failed opening is not kept, so that the next need tries again.
 */
export class EngineSource {
  #given: Engine | undefined;
  #bundle: string | undefined;
  #opening: Promise<Engine> | undefined;

  /** Sets where to take the engine from; true when that is another place than before. */
  set(given: Engine | undefined, bundle: string | undefined): boolean {
    if (given === this.#given && bundle === this.#bundle) return false;
    this.#given = given;
    this.#bundle = bundle;
    this.#opening = undefined;
    return true;
  }

  get(opener: Opener | undefined, base: string): Promise<Engine> {
    if (this.#given) return Promise.resolve(this.#given);
    if (!opener || this.#bundle === undefined) return Promise.reject(new NoBundleError('No engine and no bundle.'));
    if (this.#opening) return this.#opening;
    const opening = this.#open(opener, this.#bundle, base);
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }

  async #open(opener: Opener, bundle: string, base: string): Promise<Engine> {
    return opener(new URL(bundle, base).href);
  }
}
