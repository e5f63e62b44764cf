import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { searchIcon } from './icons.ts';
import type { Messages } from './messages.ts';
import type { ModalController } from './modal-controller.ts';
import { isApple, shortcutLabel } from './shortcuts.ts';

/** The button that opens the search, which the page may replace, and the dialog that holds it. */
export function modalView(
  modal: ModalController,
  messages: Messages,
  shortcuts: string,
  box: TemplateResult,
): TemplateResult {
  const keys = shortcutLabel(shortcuts, isApple(navigator.platform));
  return html`<slot name="trigger" @click=${modal.open}>
      <button type="button" class="trigger" part="trigger" aria-haspopup="dialog">
        ${searchIcon}<span part="trigger-text">${messages.open}</span>${keys ? html`<kbd part="shortcut" aria-hidden="true">${keys}</kbd>` : ''}
      </button>
    </slot>
    <dialog
      class="modal"
      part="dialog"
      aria-label=${messages.label}
      @cancel=${modal.cancelled}
      @click=${modal.clicked}
      @close=${modal.closed}
    >
      <div class="modal-box">
        ${box}
        <button type="button" class="link modal-close" part="dialog-close" @click=${modal.close}>${messages.close}</button>
      </div>
    </dialog>`;
}
