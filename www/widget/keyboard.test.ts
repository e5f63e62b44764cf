import { describe, expect, it } from 'vitest';
import { keyAction } from './keyboard.ts';
import type { KeyAction, ListState } from './keyboard.ts';

const list = (active: number, rest: Partial<ListState> = {}): ListState => ({
  open: true,
  count: 3,
  active,
  more: false,
  ...rest,
});

describe('keyAction', () => {
  it.each<[string, ListState, KeyAction | undefined]>([
    ['ArrowDown', list(-1, { open: false }), { type: 'open' }],
    ['ArrowDown', list(-1), { type: 'activate', index: 0 }],
    ['ArrowDown', list(1), { type: 'activate', index: 2 }],
    ['ArrowDown', list(2), { type: 'activate', index: -1 }],
    ['ArrowDown', list(2, { more: true }), { type: 'more' }],
    ['ArrowDown', list(-1, { count: 0 }), { type: 'activate', index: -1 }],
    ['ArrowUp', list(0), { type: 'activate', index: -1 }],
    ['ArrowUp', list(-1), { type: 'activate', index: 2 }],
    ['ArrowUp', list(-1, { open: false }), { type: 'open' }],
    ['Enter', list(1), { type: 'select', index: 1 }],
    ['Enter', list(-1), { type: 'submit' }],
    ['Enter', list(1, { open: false }), { type: 'submit' }],
    ['Escape', list(1), { type: 'close' }],
    ['Escape', list(-1, { open: false }), { type: 'clear' }],
    ['Home', list(1), undefined],
    ['a', list(1), undefined],
  ])('%s with %j', (key, state, expected) => {
    expect(keyAction(key, state)).toEqual(expected);
  });
});
