import type { Controller, Host } from './element.ts';
import { readState, writeState } from './url-state.ts';
import type { PageState } from './url-state.ts';

/** What the address is the address of. */
export interface UrlSetting {
  /** Whether the page's address is the element's. */
  readonly enabled: () => boolean;
  readonly filters: () => readonly string[];
  readonly state: () => PageState;
  /** Shows what an address asks for. */
  readonly apply: (state: PageState) => void;
}

/**
 * Keeps the page's address and what is searched alike. Typing changes the last entry of the history,
 * once it has made one; whatever else the reader does makes another.
 */
export class UrlController implements Controller {
  readonly #setting: UrlSetting;
  #typing = false;

  constructor(host: Host, setting: UrlSetting) {
    this.#setting = setting;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('popstate', this.#onPopState);
  }

  hostDisconnected(): void {
    window.removeEventListener('popstate', this.#onPopState);
  }

  /** Shows what the address asks for, if it asks for anything. */
  start(): void {
    const { enabled, filters, apply } = this.#setting;
    if (!enabled()) return;
    const state = readState(location.search, filters());
    if (state.query) apply(state);
  }

  /** The reader has typed. */
  typed(): void {
    if (this.#write()) this.#typing = true;
  }

  /** The reader has chosen or asked for something. */
  chosen(): void {
    this.#write();
    this.#typing = false;
  }

  /** True when the address is another than before. */
  #write(): boolean {
    const { enabled, filters, state } = this.#setting;
    if (!enabled()) return false;
    const href = writeState(location.href, state(), filters());
    if (href === location.href) return false;
    try {
      history[this.#typing ? 'replaceState' : 'pushState'](history.state, '', href);
      return true;
    } catch {
      // Safari allows a hundred in half a minute; the next one will say it all.
      return false;
    }
  }

  readonly #onPopState = (): void => {
    const { enabled, filters, apply } = this.#setting;
    this.#typing = false;
    if (enabled()) apply(readState(location.search, filters()));
  };
}
