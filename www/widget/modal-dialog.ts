/**
 * A modal dialog, with the browser's own element where it has one (Safari 15.3 and older have not).
 * There the dialog is a box over the page: Esc closes it, Tab stays inside, the focus goes back.
 */
const restores = new WeakMap<HTMLDialogElement, () => void>();

/** Opens a dialog, unless it is open. */
export function openModal(dialog: HTMLDialogElement): void {
  if (isOpen(dialog)) return;
  if (typeof dialog.showModal === 'function') dialog.showModal();
  else standIn(dialog);
}

/** Closes a dialog, unless it is closed; its `close` event follows. */
export function closeModal(dialog: HTMLDialogElement): void {
  if (!isOpen(dialog)) return;
  const restore = restores.get(dialog);
  if (!restore) return dialog.close();
  restores.delete(dialog);
  restore();
  dialog.removeAttribute('open');
  setTimeout(() => dialog.dispatchEvent(new Event('close')));
}

export function isOpen(dialog: HTMLDialogElement): boolean {
  return dialog.hasAttribute('open');
}

const FOCUSABLE = 'a[href], button:not([disabled]), input, select, [tabindex="0"]';

function standIn(dialog: HTMLDialogElement): void {
  const root = dialog.getRootNode() as ShadowRoot | Document;
  const before = root.activeElement;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      // An inner dialog's Esc is not the outer one's.
      event.stopPropagation();
      if (dialog.dispatchEvent(new Event('cancel', { cancelable: true }))) closeModal(dialog);
    } else if (event.key === 'Tab') {
      stayInside(event, dialog, root);
    }
  };
  dialog.setAttribute('open', '');
  dialog.setAttribute('role', 'dialog');
  dialog.setAttribute('aria-modal', 'true');
  dialog.classList.add('stand-in');
  dialog.addEventListener('keydown', onKeyDown);
  restores.set(dialog, () => {
    dialog.removeEventListener('keydown', onKeyDown);
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  });
  dialog.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true });
}

/** From the last thing that takes the focus Tab goes to the first, and back. */
function stayInside(event: KeyboardEvent, dialog: HTMLElement, root: ShadowRoot | Document): void {
  const all = Array.from(dialog.querySelectorAll<HTMLElement>(FOCUSABLE)).filter((one) => one.offsetParent !== null);
  const [first] = all;
  const last = all[all.length - 1];
  const to = event.shiftKey ? last : first;
  if (root.activeElement !== (event.shiftKey ? first : last)) return;
  event.preventDefault();
  to?.focus();
}
