import { describe, expect, it } from 'vitest';
import { alikeTogether } from './alike.mjs';

/** A module of nothing but functions with such bodies. */
function moduleOf(bodies) {
  const code = bodies.flatMap((body) => [body.length, ...body]);
  return Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 1, 0, 10, code.length + 1, bodies.length, ...code]);
}

describe('the order of functions', () => {
  it('puts like beside like, and leaves all else where it is', () => {
    const one = [1, 2, 3, 4, 5, 6, 7, 8];
    const other = [9, 8, 7, 6, 5, 4, 3, 2];
    const bodies = [one, other, [...one, 10], [...other, 11]];
    const forms = ['a', 'b', 'c', 'd'].flatMap((name) => [{ kind: 'func', name }, { kind: 'export', name }]);
    const ordered = alikeTogether(forms, moduleOf(bodies));
    expect(ordered.map(({ name }) => name).filter((_, at) => at % 2 === 0)).toEqual(['a', 'c', 'b', 'd']);
    expect(ordered.filter(({ kind }) => kind === 'export')).toEqual(forms.filter(({ kind }) => kind === 'export'));
  });

  it('is none where there is no function', () => {
    const forms = [{ kind: 'memory', name: 'm' }];
    expect(alikeTogether(forms, Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))).toEqual(forms);
  });
});
