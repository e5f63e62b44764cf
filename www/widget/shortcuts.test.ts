import { describe, expect, it } from 'vitest';
import { isApple, isShortcut, SHORTCUTS, shortcutLabel } from './shortcuts.ts';

interface Press {
  readonly target?: object;
  readonly used?: boolean;
}

function press(text: string, { target = { localName: 'body' }, used = false }: Press = {}): KeyboardEvent {
  const parts = text.split('+');
  const key = parts.pop() ?? '';
  const has = (name: string): boolean => parts.includes(name);
  return {
    key,
    ctrlKey: has('ctrl'),
    metaKey: has('meta'),
    altKey: has('alt'),
    shiftKey: has('shift'),
    isComposing: has('composing'),
    defaultPrevented: used,
    composedPath: () => [target],
  } as unknown as KeyboardEvent;
}

describe('shortcuts', () => {
  it.each([
    ['ctrl+k', false, true],
    ['ctrl+K', false, true],
    ['meta+k', false, false],
    ['meta+k', true, true],
    ['ctrl+k', true, false],
    ['ctrl+shift+k', false, false],
    ['ctrl+alt+k', false, false],
    ['k', false, false],
    ['/', false, true],
    ['shift+/', false, true],
    ['ctrl+/', false, false],
    ['composing+/', false, false],
  ])('%s (Apple: %s): %s', (keys, apple, expected) => {
    expect(isShortcut(press(keys), SHORTCUTS, apple)).toBe(expected);
  });

  it.each([{ localName: 'input' }, { localName: 'textarea' }, { localName: 'select' }, { localName: 'div', isContentEditable: true }])(
    'are none in %o',
    (target) => {
      expect(isShortcut(press('/', { target }), SHORTCUTS, false)).toBe(false);
      expect(isShortcut(press('ctrl+k', { target }), SHORTCUTS, false)).toBe(false);
    },
  );

  it('are none once the page has used the key, or where there are none', () => {
    expect(isShortcut(press('/', { used: true }), SHORTCUTS, false)).toBe(false);
    for (const none of ['', ' ', 'off']) expect(isShortcut(press('/'), none, false)).toBe(false);
  });

  it('have names', () => {
    expect(shortcutLabel(SHORTCUTS, false)).toBe('Ctrl+K');
    expect(shortcutLabel(SHORTCUTS, true)).toBe('⌘K');
    expect(shortcutLabel('alt+shift+f', true)).toBe('⌥⇧F');
    expect(shortcutLabel('', false)).toBe('');
    expect([isApple('MacIntel'), isApple('iPhone'), isApple('Linux x86_64')]).toEqual([true, true, false]);
  });
});
