import type { Controller, Host } from './element.ts';
import { closeModal, isOpen, openModal } from './modal-dialog.ts';
import { isApple, isShortcut } from './shortcuts.ts';

/** What the dialog needs to know of the element. */
export interface ModalSetting {
  /** The keys that bring the reader to the search; none where this is empty. */
  readonly shortcuts: () => string;
  /** Is called for a shortcut, and after the dialog has been opened: the focus belongs in the input. */
  readonly focus: () => void;
  /** Whether Esc is the input method's now. */
  readonly composing: () => boolean;
}

/** The dialog of `mode="modal"`, and the shortcuts of every mode. */
export class ModalController implements Controller {
  readonly #host: Host;
  readonly #setting: ModalSetting;

  constructor(host: Host, setting: ModalSetting) {
    this.#host = host;
    this.#setting = setting;
    host.addController(this);
  }

  get dialog(): HTMLDialogElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLDialogElement>('dialog.modal') ?? null;
  }

  get expanded(): boolean {
    const { dialog } = this;
    return dialog !== null && isOpen(dialog);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.#onKeyDown);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#onKeyDown);
    this.close();
  }

  readonly open = (): void => {
    const { dialog } = this;
    if (dialog) openModal(dialog);
    this.#setting.focus();
    this.#host.requestUpdate();
  };

  readonly close = (): void => {
    const { dialog } = this;
    if (dialog) closeModal(dialog);
    this.#host.requestUpdate();
  };

  /** For the dialog's `cancel` event, which Esc brings. */
  readonly cancelled = (event: Event): void => {
    if (event.target === this.dialog && this.#setting.composing()) event.preventDefault();
  };

  /** For the dialog's `close` event, however it came about. */
  readonly closed = (): void => this.#host.requestUpdate();

  /** For a press on the backdrop, whose events the dialog itself receives. */
  readonly clicked = (event: Event): void => {
    if (event.target === this.dialog) this.close();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (!isShortcut(event, this.#setting.shortcuts(), isApple(navigator.platform))) return;
    event.preventDefault();
    this.open();
  };
}
