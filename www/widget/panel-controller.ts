import type { Controller, Host } from './element.ts';

/** Whether the panel is open. It closes when the focus goes, or the reader presses, elsewhere. */
export class PanelController implements Controller {
  readonly #host: Host;
  #expanded = false;
  #pressInside: Event | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
    host.addEventListener('focusout', this.#onFocusOut);
    host.addEventListener('pointerdown', (event) => {
      this.#pressInside = event;
    });
  }

  get expanded(): boolean {
    return this.#expanded;
  }

  set expanded(expanded: boolean) {
    if (expanded === this.#expanded) return;
    this.#expanded = expanded;
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    document.addEventListener('pointerdown', this.#onPress);
  }

  hostDisconnected(): void {
    document.removeEventListener('pointerdown', this.#onPress);
  }

  readonly #onFocusOut = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to instanceof Node && to !== this.#host && !this.#host.contains(to)) this.expanded = false;
  };

  readonly #onPress = (event: Event): void => {
    // The event's path would not tell: inside a closed shadow tree it does not show the element.
    if (event !== this.#pressInside) this.expanded = false;
    this.#pressInside = undefined;
  };
}
