import type { Controller, Host } from './element.ts';
import type { Engine } from '../engine/types.ts';
import { emit } from './events.ts';
import { languageOf } from './language.ts';
import { MarkWalker } from './mark-walker.ts';
import type { Messages } from './messages.ts';
import { closeModal, isOpen, openModal } from './modal-dialog.ts';
import { printArticle } from './print.ts';
import type { ReaderTools } from './reader-tools.ts';
import { HEADLINE_ID } from './reader-view.ts';
import type { Reading } from './reader-view.ts';
import { readingOf, share, shareAddress } from './reading-address.ts';
import { TextSize } from './text-size.ts';

/**
 * The dialog in which an article is read. It is modal: the browser keeps the focus inside, closes it
 * on Esc, and gives the focus back; the results stay beneath it as they were.
 */
export class ReaderController implements Controller, ReaderTools {
  readonly #host: Host;
  readonly #engine: () => Promise<Engine>;
  readonly #messages: () => Messages;
  readonly marks = new MarkWalker(() => Array.from(this.#dialog?.querySelectorAll<HTMLElement>('.article mark') ?? []));
  readonly textSize = new TextSize();
  reading: Reading | undefined;
  said = '';
  /** The article that the page's address has opened, and whether by a step that Back takes back. */
  #addressed: string | undefined;
  #stepped = false;

  constructor(host: Host, engine: () => Promise<Engine>, messages: () => Messages) {
    this.#host = host;
    this.#engine = engine;
    this.#messages = messages;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.#onHashChange);
    // The element may not know its bundle yet.
    setTimeout(this.#follow);
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#onHashChange);
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
    // How many marks there are is known once they are there.
    this.#host.requestUpdate();
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
    if (this.#dialog) closeModal(this.#dialog);
  };

  /** For the dialog's `close` event, however it came about. */
  readonly closed = (): void => {
    const { reading } = this;
    // The event comes in a later task, when another article may be open already.
    if (!reading || (this.#dialog && isOpen(this.#dialog))) return;
    this.reading = undefined;
    this.#host.requestUpdate();
    this.#leaveAddress(reading.id);
    emit(this.#host, 'souwen-close', { id: reading.id });
  };

  /** For a press on the backdrop, whose events the dialog itself receives. */
  readonly clicked = (event: Event): void => {
    if (event.target === this.#dialog) this.close();
  };

  readonly step = (by: 1 | -1): void => {
    this.marks.step(by);
    this.#host.requestUpdate();
  };

  readonly resize = (by: 1 | -1): void => {
    this.textSize.change(by);
    this.#host.requestUpdate();
  };

  readonly print = (): void => {
    const article = this.#dialog?.querySelector('.article');
    if (article) printArticle(article, this.reading?.article?.title ?? '', languageOf(this.#host));
  };

  readonly share = async (): Promise<void> => {
    const article = this.reading?.article;
    if (!article) return;
    const url = shareAddress(article, location.href, document.baseURI);
    const outcome = await share(article.title, url);
    // What cannot be copied for the reader can be copied by the reader.
    this.said = outcome === 'copied' ? this.#messages().copied : outcome === 'failed' ? url : '';
    this.#host.requestUpdate();
  };

  get #dialog(): HTMLDialogElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLDialogElement>('dialog.reader') ?? null;
  }

  readonly #onHashChange = (): void => {
    this.#stepped = readingOf(location.hash) !== undefined;
    this.#follow();
  };

  /** Opens the article that the page's address wants open, if this is the page's first element; closes it when it wants none. */
  readonly #follow = (): void => {
    const id = readingOf(location.hash);
    if (document.querySelector(this.#host.localName) !== this.#host) return;
    if (id === undefined && this.reading?.id === this.#addressed) this.close();
    this.#addressed = id;
    if (id !== undefined && id !== this.reading?.id) void this.#host.updateComplete.then(() => this.read(id, [], false));
  };

  /** The address wants the article open no more. Where this page made the step to it, it steps back; where a link led straight to it, it stays. */
  #leaveAddress(id: string): void {
    if (readingOf(location.hash) !== id) return;
    if (this.#stepped) history.back();
    else history.replaceState(history.state, '', location.pathname + location.search);
    this.#stepped = false;
  }

  #show(reading: Reading): void {
    if (this.reading?.id !== reading.id) this.said = '';
    this.marks.reset();
    this.reading = reading;
    this.#host.requestUpdate();
    if (this.#dialog) openModal(this.#dialog);
  }
}
