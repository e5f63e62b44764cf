import type { Engine, EngineInfo } from '../engine/types.ts';

/** What the index holds. To ask for it opens the index, so that the first query need not wait for that. */
export class IndexInfo {
  readonly #engine: () => Promise<Engine>;
  readonly #changed: () => void;
  value: EngineInfo | undefined;

  /** @param changed Is called when `value` has come. */
  constructor(engine: () => Promise<Engine>, changed: () => void) {
    this.#engine = engine;
    this.#changed = changed;
  }

  readonly ask = async (): Promise<void> => {
    if (this.value) return;
    try {
      const engine = await this.#engine();
      const value = await engine.info();
      // Another bundle may have been named in the meantime.
      if (engine !== (await this.#engine())) return;
      this.value = value;
      this.#changed();
    } catch {
      // Only a rehearsal: the first query meets the same error, and tells it.
    }
  };
}
