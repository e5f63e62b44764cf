import type { Controller, Host } from './element.ts';
import type { Engine } from '../engine/types.ts';
import { emit } from './events.ts';
import type { OfflineState, OfflineStore } from './offline-store.ts';

/** What the download needs of the element that it is offered in. */
export interface OfflineSetting {
  /** Nothing where there is no bundle, or the browser keeps nothing for this page. */
  readonly store: () => OfflineStore | undefined;
  /** The engine that searches. */
  readonly engine: () => Promise<Engine>;
  /** Another engine on the same bundle: to close it breaks its download off, and the search goes on. */
  readonly another: () => Promise<Engine>;
}

/** How a download stands. */
export type OfflineStep = 'idle' | 'saving' | 'paused';

/** What went wrong: a code of the engine's, or too little room, with the bytes free. */
export type OfflineFault = { readonly error: unknown } | { readonly free: number };

/** How often it is looked for what the engine puts away, and how many milliseconds apart. */
const LOOKS = 16;
const APART = 250;

/**
 * Downloads everything for use without a network. Files that have come stay: so to pause is to close
 * the engine that downloads, and to resume is to download once more.
 */
export class OfflineController implements Controller {
  readonly #host: Host;
  readonly #setting: OfflineSetting;
  #downloader: Promise<Engine> | undefined;
  #looked: OfflineStore | undefined;
  state: OfflineState | undefined;
  step: OfflineStep = 'idle';
  online = true;
  /** Bytes, of how many; 0 before that is known. */
  loaded = 0;
  total = 0;
  fault: OfflineFault | undefined;

  constructor(host: Host, setting: OfflineSetting) {
    this.#host = host;
    this.#setting = setting;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('online', this.#onNetwork);
    window.addEventListener('offline', this.#onNetwork);
    this.online = navigator.onLine;
  }

  hostDisconnected(): void {
    window.removeEventListener('online', this.#onNetwork);
    window.removeEventListener('offline', this.#onNetwork);
    if (this.step === 'saving') this.pause();
  }

  /** Finds out what is kept and, once for each bundle, how large all of it is. */
  async look(): Promise<void> {
    const store = this.#setting.store();
    if (!store || this.step !== 'idle') return;
    const first = store !== this.#looked;
    this.#looked = store;
    // The engine comes first: it notes what the site has now.
    await this.#setting.engine().catch(() => undefined);
    this.#change({ state: await store.state() });
    if (!first || this.state === 'all' || !this.online) return;
    await this.#measure();
    // The engine puts away what it has opened only once the page has had time to show it.
    for (let looks = 0; looks < LOOKS; looks += 1) {
      this.#change({ state: await store.state() });
      // A download that has begun says itself how it stands.
      if (this.state !== 'none' || this.#isSaving()) return;
      await new Promise((resolve) => setTimeout(resolve, APART));
    }
  }

  /** Downloads, or goes on downloading. */
  readonly save = async (): Promise<void> => {
    const store = this.#setting.store();
    if (!store || this.step === 'saving') return;
    this.#change({ step: 'saving', fault: undefined });
    void store.persist();
    const free = await store.room();
    if (free !== undefined && free < this.total - this.loaded) return this.#change({ step: 'paused', fault: { free } });
    try {
      await this.#download(({ loaded, total }) => this.#change({ loaded: Math.max(loaded, this.loaded), total }));
      await store.saved();
      this.#change({ step: 'idle', state: await store.state(), loaded: 0 });
      emit(this.#host, 'souwen-offline', { state: this.state ?? 'none' });
      // The engine that searches does not know yet what the other one has brought.
      await (await this.#setting.engine()).download();
    } catch (error) {
      // Whoever has paused knows.
      if (this.#isSaving()) this.#change({ step: 'paused', fault: { error } });
    }
  };

  readonly pause = (): void => {
    this.#change({ step: 'paused' });
    this.#closeDownloader();
  };

  readonly remove = async (): Promise<void> => {
    this.#closeDownloader();
    const store = this.#setting.store();
    await store?.remove();
    this.#change({ step: 'idle', state: await store?.state(), loaded: 0, fault: undefined });
    emit(this.#host, 'souwen-offline', { state: this.state ?? 'none' });
    if (this.total === 0) await this.#measure();
  };

  /** How large everything is says the first report of a download, which is broken off then. */
  async #measure(): Promise<void> {
    await this.#download(({ total }) => {
      this.#change({ total });
      this.#closeDownloader();
    }).catch(() => undefined);
  }

  async #download(onProgress: (progress: { readonly loaded: number; readonly total: number }) => void): Promise<void> {
    const downloader = this.#setting.another();
    this.#downloader = downloader;
    try {
      const engine = await downloader;
      // It may have been paused while it opened.
      await engine.download({ onProgress: (progress) => this.#downloader === downloader && onProgress(progress) });
    } finally {
      if (this.#downloader === downloader) this.#closeDownloader();
    }
  }

  #isSaving(): boolean {
    return this.step === 'saving';
  }

  #closeDownloader(): void {
    void this.#downloader?.then(
      (engine) => engine.close(),
      () => undefined,
    );
    this.#downloader = undefined;
  }

  readonly #onNetwork = (): void => {
    const { fault, step } = this;
    this.#change({ online: navigator.onLine });
    if (!this.online) return;
    // What the connection has broken off goes on when it is back.
    if (step === 'paused' && fault && 'error' in fault) void this.save();
  };

  #change(change: Partial<Pick<OfflineController, 'state' | 'step' | 'online' | 'loaded' | 'total' | 'fault'>>): void {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }
}
