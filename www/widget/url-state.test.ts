import { describe, expect, it } from 'vitest';
import { UNREFINED } from './refinement.ts';
import { readState, writeState } from './url-state.ts';

const FILTERS = ['date', 'section'];
const page = 'https://news.example/search.html?lang=zh&q=old#top';

describe('the state in an address', () => {
  it('is what was written there', () => {
    const state = { query: '文渡桥 & 夜市', refinement: { sort: 'date', date: '2025-01-01..', fields: { section: ['民生', '副刊'] } } } as const;
    const href = writeState(page, state, FILTERS);
    expect(readState(new URL(href).search, FILTERS)).toEqual(state);
    expect(href).toContain('lang=zh');
    expect(new URL(href).searchParams.getAll('section')).toEqual(['民生', '副刊']);
    // Written once more it stays the same, and one value less is one value less.
    expect(writeState(href, state, FILTERS)).toBe(href);
    const less = writeState(href, { ...state, refinement: { ...state.refinement, fields: { section: '副刊' } } }, FILTERS);
    expect(readState(new URL(less).search, FILTERS).refinement.fields).toEqual({ section: ['副刊'] });
    expect(href).toMatch(/#top$/u);
  });

  it('leaves out what is not asked for', () => {
    expect(writeState(page, { query: '', refinement: UNREFINED }, FILTERS)).toBe('https://news.example/search.html?lang=zh#top');
    expect(writeState(page, { query: '河', refinement: { ...UNREFINED, date: '..' } }, FILTERS)).not.toContain('date');
  });

  it('is nothing where an address says nothing, or nonsense', () => {
    expect(readState('', FILTERS)).toEqual({ query: '', refinement: UNREFINED });
    const nonsense = readState('?q=%20&sort=up&date=never&author=x&__proto__=1', FILTERS);
    expect(nonsense).toEqual({ query: '', refinement: UNREFINED });
  });

  it('has each value of a field once, and no empty one', () => {
    expect(readState('?section=民生&section=&section=%20民生&section=副刊', FILTERS).refinement.fields).toEqual({ section: ['民生', '副刊'] });
  });

  it('has the fields that are offered, and no others', () => {
    expect(readState('?q=河&section=民生&date=2025', []).refinement).toEqual(UNREFINED);
    expect(readState('?q=河&q=桥&sort=date', ['q', 'sort']).refinement).toEqual({ ...UNREFINED, sort: 'date' });
  });
});
