/** The keys that a page gives to its search unless it names others. */
export const SHORTCUTS = 'mod+k /';

/**
 * Whether a key press, anywhere in the page, is one of some shortcuts: keys apart by spaces, each
 * perhaps after `mod+` (Ctrl, on Apple's machines ⌘), `ctrl+`, `alt+` or `shift+`. A key that
 * somebody is writing with is none, nor one that the page has used.
 */
export function isShortcut(event: KeyboardEvent, shortcuts: string, apple: boolean): boolean {
  if (event.defaultPrevented || event.isComposing || isWriting(event.composedPath()[0])) return false;
  return shortcuts
    .toLowerCase()
    .split(/\s+/u)
    .some((shortcut) => shortcut !== '' && matches(event, shortcut, apple));
}

function matches(event: KeyboardEvent, shortcut: string, apple: boolean): boolean {
  const parts = shortcut.split('+');
  const key = parts.pop() ?? '';
  const wants = (modifier: string): boolean =>
    parts.includes(modifier) || (parts.includes('mod') && modifier === (apple ? 'meta' : 'ctrl'));
  // A character by itself may take Shift to type, on one keyboard or another.
  const shift = event.shiftKey === wants('shift') || (parts.length === 0 && key.length === 1);
  return (
    event.key.toLowerCase() === key &&
    shift &&
    event.ctrlKey === wants('ctrl') &&
    event.metaKey === wants('meta') &&
    event.altKey === wants('alt')
  );
}

/** Whether keys that go to an element are text. */
function isWriting(target: EventTarget | undefined): boolean {
  const { localName = '', isContentEditable = false } = (target ?? {}) as Partial<HTMLElement>;
  return isContentEditable || ['input', 'textarea', 'select'].includes(localName);
}

/** Whether shortcuts are made with ⌘. */
export function isApple(platform: string): boolean {
  return /mac|iphone|ipad/iu.test(platform);
}

/** The first of the shortcuts, as the reader's keyboard names it. */
export function shortcutLabel(shortcuts: string, apple: boolean): string {
  const [first = ''] = shortcuts.trim().split(/\s+/u);
  const names: Record<string, string> = apple
    ? { mod: '⌘', meta: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' }
    : { mod: 'Ctrl', ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', meta: 'Win' };
  return first
    .split('+')
    .map((part) => names[part.toLowerCase()] ?? part.toUpperCase())
    .join(apple ? '' : '+');
}
