/**
 * What of a bundle is kept in this browser. The engine keeps its files in Cache Storage, each under its
 * address; that all of them are there is written down beside it, with the name of the index they are of.
 */

/** How much works without a network: nothing, what has been used, everything, or everything of an earlier deploy. */
export type OfflineState = 'none' | 'some' | 'all' | 'old';

/** The engine's own caches. */
const CACHE = /^souwen-\d+$/u;
const KEY = 'souwen-offline';

/** What a browser has for it; none of it is certain. */
export interface OfflinePlatform {
  readonly caches: CacheStorage;
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly storage?: Partial<Pick<StorageManager, 'estimate' | 'persist'>> | undefined;
}

export class OfflineStore {
  readonly #bundle: string;
  readonly #platform: OfflinePlatform;

  /** @param bundle The absolute URL of a bundle's folder, with a slash at the end. */
  constructor(bundle: string, platform: OfflinePlatform) {
    this.#bundle = bundle;
    this.#platform = platform;
  }

  async state(): Promise<OfflineState> {
    const saved = this.#records()[this.#bundle];
    const { caches } = this.#platform;
    const index = await this.#index();
    if (index === undefined || !(await caches.match(index))) return 'none';
    if (saved === undefined) return 'some';
    return saved === index ? 'all' : 'old';
  }

  /** Notes that everything is there. */
  async saved(): Promise<void> {
    const index = await this.#index();
    if (index !== undefined) this.#write({ ...this.#records(), [this.#bundle]: index });
  }

  /** Takes everything away. */
  async remove(): Promise<void> {
    const { [this.#bundle]: _, ...others } = this.#records();
    this.#write(others);
    const { caches } = this.#platform;
    for (const name of (await caches.keys()).filter((own) => CACHE.test(own))) {
      const cache = await caches.open(name);
      const kept = (await cache.keys()).filter(({ url }) => url.startsWith(this.#bundle));
      await Promise.all(kept.map((request) => cache.delete(request)));
    }
  }

  /** Bytes that the browser would still keep for this site, as far as it says so. */
  async room(): Promise<number | undefined> {
    const { quota, usage } = (await this.#platform.storage?.estimate?.().catch(() => undefined)) ?? {};
    return quota === undefined ? undefined : Math.max(quota - (usage ?? 0), 0);
  }

  /** Asks the browser not to drop it when room is scarce. */
  async persist(): Promise<boolean> {
    return (await this.#platform.storage?.persist?.().catch(() => false)) ?? false;
  }

  /** The address of the index that the kept manifest names. */
  async #index(): Promise<string | undefined> {
    const manifest = await this.#platform.caches.match(`${this.#bundle}souwen.json`);
    try {
      const { index } = (await manifest?.json()) as { index: { file: string } };
      return new URL(index.file, this.#bundle).href;
    } catch {
      return undefined;
    }
  }

  #records(): Record<string, string> {
    try {
      const records: unknown = JSON.parse(this.#platform.localStorage.getItem(KEY) ?? '{}');
      return typeof records === 'object' && records !== null ? (records as Record<string, string>) : {};
    } catch {
      return {};
    }
  }

  #write(records: Record<string, string>): void {
    try {
      this.#platform.localStorage.setItem(KEY, JSON.stringify(records));
    } catch {
      // Then it counts as kept in part, which it is at least.
    }
  }
}

/** The store of a bundle in this browser; nothing where the page may keep nothing, as without https. */
export function offlineStore(bundle: string): OfflineStore | undefined {
  try {
    const { caches, localStorage, navigator } = window as Partial<typeof globalThis>;
    if (!caches || !localStorage) return undefined;
    return new OfflineStore(bundle, { caches, localStorage, storage: navigator?.storage });
  } catch {
    // A browser that forbids even to look.
    return undefined;
  }
}
