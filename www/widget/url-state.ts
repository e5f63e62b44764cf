import { DATE, isDateChoice, UNREFINED, valuesOf } from './refinement.ts';
import type { Refinement } from './refinement.ts';

/** What a results page shows, as its address says it. */
export interface PageState {
  readonly query: string;
  readonly refinement: Refinement;
}

const QUERY = 'q';
const SORT = 'sort';

/** What an address asks for; `filters` are the names that count, others are the page's own. */
export function readState(search: string, filters: readonly string[]): PageState {
  const params = new URLSearchParams(search);
  const values = (name: string): string[] => params.getAll(name).flatMap((value) => value.trim() || []);
  const value = (name: string): string => values(name)[0] ?? '';
  const date = filters.includes(DATE) ? value(DATE) : '';
  const fields = fieldsOf(filters).map((name) => [name, [...new Set(values(name))]] as const);
  return {
    query: value(QUERY),
    refinement: {
      sort: value(SORT) === 'date' ? 'date' : UNREFINED.sort,
      date: isDateChoice(date) ? date : '',
      fields: Object.fromEntries(fields.filter(([, { length }]) => length > 0)),
    },
  };
}

/** The address that asks for a state; what else it says stays. */
export function writeState(href: string, { query, refinement }: PageState, filters: readonly string[]): string {
  const url = new URL(href);
  const set = (name: string, value = '', ...more: string[]): void => {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
    for (const another of more) url.searchParams.append(name, another);
  };
  set(QUERY, query);
  set(SORT, refinement.sort === 'date' ? 'date' : '');
  set(DATE, isDateChoice(refinement.date) ? refinement.date : '');
  for (const name of fieldsOf(filters)) set(name, ...valuesOf(refinement, name));
  return url.href;
}

function fieldsOf(filters: readonly string[]): string[] {
  return filters.filter((name) => ![DATE, QUERY, SORT].includes(name));
}
