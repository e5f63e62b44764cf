import { describe, expect, it } from 'vitest';
import { endsOf, isDateChoice, isNarrowed, narrowedFields, searchOptions, UNREFINED, valuesOf, without, withValues } from './refinement.ts';

const today = new Date(2025, 2, 5, 0, 30);
const dates = (date: string): unknown => searchOptions({ ...UNREFINED, date }, today).filters?.date;

describe('a refinement', () => {
  it.each([
    ['', undefined],
    ['week', { from: '2025-02-26', to: '2025-03-05' }],
    ['month', { from: '2025-02-03', to: '2025-03-05' }],
    ['year', { from: '2024-03-05', to: '2025-03-05' }],
    ['2024', { from: '2024-01-01', to: '2024-12-31' }],
    ['2024-05-01..2024-06-30', { from: '2024-05-01', to: '2024-06-30' }],
    ['2024-06-30..2024-05-01', { from: '2024-05-01', to: '2024-06-30' }],
    ['2024-05-01..', { from: '2024-05-01' }],
    ['..2024-05-01', { to: '2024-05-01' }],
    ['..', undefined],
    ['constructor', undefined],
    ['2024-5..x', undefined],
  ])('of the days “%s” is %o', (date, expected) => {
    expect(dates(date)).toEqual(expected);
    expect(isNarrowed({ ...UNREFINED, date })).toBe(expected !== undefined);
    expect(isDateChoice(date)).toBe(date === '' || expected !== undefined);
  });

  it('asks for the values of its fields, and for none that is empty', () => {
    const { sort, filters } = searchOptions({ sort: 'date', date: '', fields: { section: '民生', reporter: '', kind: [] } }, today);
    expect([sort, filters]).toEqual(['date', { section: ['民生'] }]);
  });

  it('asks for any of several values of a field', () => {
    const { filters } = searchOptions({ ...UNREFINED, fields: { section: ['民生', '', '副刊'] } }, today);
    expect(filters).toEqual({ section: ['民生', '副刊'] });
    const one = withValues({ ...UNREFINED, fields: { section: ['民生', '副刊'], kind: 'photo' } }, 'section', ['副刊']);
    expect(['section', 'kind', 'date'].map((name) => valuesOf(one, name))).toEqual([['副刊'], ['photo'], []]);
  });

  it('can do without one of its fields', () => {
    const both = { ...UNREFINED, date: '2024', fields: { section: ['民生', '副刊'] } };
    expect(narrowedFields(both)).toEqual(['date', 'section']);
    expect(narrowedFields(without(both, 'section'))).toEqual(['date']);
    expect(narrowedFields(without(both, 'date'))).toEqual(['section']);
    expect(isNarrowed(UNREFINED)).toBe(false);
  });

  it('keeps half a range as it was typed', () => {
    expect(endsOf('2024-05-01..')).toEqual(['2024-05-01', '']);
    expect(endsOf('2024')).toBeUndefined();
    expect(endsOf('a..b..c')).toBeUndefined();
  });

  it('knows a field by its own name only, whatever that is', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(valuesOf(UNREFINED, name)).toEqual([]);
      const narrowed = withValues(UNREFINED, name, ['甲']);
      expect([valuesOf(narrowed, name), narrowedFields(narrowed)]).toEqual([['甲'], [name]]);
      expect(Object.entries(searchOptions(narrowed).filters ?? {})).toEqual([[name, ['甲']]]);
    }
  });
});
