import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Engine } from '../engine/types.ts';
import { emit } from './events.ts';
import { HEADLINE_ID } from './reader-view.ts';
import type { Reading } from './reader-view.ts';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * The dialog in which an article is read. It is modal: the browser keeps the focus inside, closes it
 * on Esc, and gives the focus back; the results stay beneath it as they were.
 */
export class ReaderController implements ReactiveController {
  readonly #host: Host;
  readonly #engine: () => Promise<Engine>;
  reading: Reading | undefined;

  constructor(host: Host, engine: () => Promise<Engine>) {
    this.#host = host;
    this.#engine = engine;
    host.addController(this);
  }

  hostDisconnected(): void {
    // Left alone, a dialog that is taken out of the page comes back open, but no longer modal.
    this.close();
    this.closed();
  }

  /** Opens the dialog with an article; what fails is told inside. */
  async read(id: string, needles: readonly string[], fromResults: boolean): Promise<void> {
    const reading: Reading = { id, needles, fromResults };
    this.#show(reading);
    let outcome: Reading;
    try {
      const engine = await this.#engine();
      outcome = { ...reading, article: await engine.document(id) };
    } catch (error) {
      outcome = { ...reading, error };
      emit(this.#host, 'souwen-error', { error });
    }
    // The dialog may have been closed, or another article asked for, in the meantime.
    if (this.reading !== reading) return;
    this.#show(outcome);
    await this.#host.updateComplete;
    const headline = this.#dialog?.querySelector<HTMLElement>(`#${HEADLINE_ID}`);
    headline?.focus({ preventScroll: true });
    const scroller = this.#dialog?.querySelector('.reader-scroll');
    if (scroller) scroller.scrollTop = 0;
  }

  /** Reads the same article again, after a failure. */
  readonly retry = (): void => {
    const { reading } = this;
    if (reading) void this.read(reading.id, reading.needles, reading.fromResults);
  };

  /** Closes the dialog. */
  readonly close = (): void => {
    const dialog = this.#dialog;
    if (dialog?.open) dialog.close();
  };

  /** For the dialog's `close` event, however it came about. */
  readonly closed = (): void => {
    const { reading } = this;
    // The event comes in a later task, when another article may be open already.
    if (!reading || this.#dialog?.open) return;
    this.reading = undefined;
    this.#host.requestUpdate();
    emit(this.#host, 'souwen-close', { id: reading.id });
  };

  /** For a press on the backdrop, whose events the dialog itself receives. */
  readonly clicked = (event: Event): void => {
    if (event.target === this.#dialog) this.close();
  };

  get #dialog(): HTMLDialogElement | null {
    return this.#host.shadowRoot?.querySelector('dialog') ?? null;
  }

  #show(reading: Reading): void {
    this.reading = reading;
    this.#host.requestUpdate();
    const dialog = this.#dialog;
    if (dialog && !dialog.open) dialog.showModal();
  }
}
