import { describe, expect, it } from 'vitest';
import { fromWire, SouwenError, toWire } from './errors.ts';

describe('the wire form of an error', () => {
  it('keeps code and message both ways', () => {
    const error = new SouwenError('bundle-damaged', 'Upload the bundle again.');
    const wire = toWire(error);
    expect(wire).toEqual({ code: 'bundle-damaged', message: 'Upload the bundle again.' });
    const back = fromWire(wire!);
    expect(back).toBeInstanceOf(SouwenError);
    expect(back).toMatchObject({ name: 'SouwenError', code: 'bundle-damaged', message: 'Upload the bundle again.' });
  });

  it.each([
    ['a trap', new WebAssembly.RuntimeError('unreachable')],
    ['a plain error', new Error('recursive use of an object')],
    ['an unknown code', { code: 'made-up', message: 'x' }],
    ['a string', 'network'],
    ['nothing', undefined],
  ])('is not made of %s', (_, thrown) => {
    expect(toWire(thrown)).toBeUndefined();
  });
});
