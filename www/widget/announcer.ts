import type { Controller, Host } from './element.ts';

/** So long a text must stand before it is announced, so that typing does not make it chatter. */
const ANNOUNCE_AFTER_MS = 500;

/** What the element's live region says. */
export class Announcer implements Controller {
  readonly #host: Host;
  #timer: ReturnType<typeof setTimeout> | undefined;
  text = '';

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  readonly say = (text: string): void => {
    clearTimeout(this.#timer);
    // The same words again would be no change, and not be read.
    this.#set('');
    this.#timer = setTimeout(() => this.#set(text), ANNOUNCE_AFTER_MS);
  };

  #set(text: string): void {
    this.text = text;
    this.#host.requestUpdate();
  }
}
