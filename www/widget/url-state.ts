import { DATE, isDateChoice, UNREFINED } from './refinement.ts';
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
  const value = (name: string): string => params.get(name)?.trim() ?? '';
  const date = filters.includes(DATE) ? value(DATE) : '';
  const fields = fieldsOf(filters).flatMap((name) => (value(name) ? [[name, value(name)] as const] : []));
  return {
    query: value(QUERY),
    refinement: {
      sort: value(SORT) === 'date' ? 'date' : UNREFINED.sort,
      date: isDateChoice(date) ? date : '',
      fields: Object.fromEntries(fields),
    },
  };
}

/** The address that asks for a state; what else it says stays. */
export function writeState(href: string, { query, refinement }: PageState, filters: readonly string[]): string {
  const url = new URL(href);
  const set = (name: string, value: string): void => {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  };
  set(QUERY, query);
  set(SORT, refinement.sort === 'date' ? 'date' : '');
  set(DATE, isDateChoice(refinement.date) ? refinement.date : '');
  for (const name of fieldsOf(filters)) set(name, refinement.fields[name] ?? '');
  return url.href;
}

function fieldsOf(filters: readonly string[]): string[] {
  return filters.filter((name) => ![DATE, QUERY, SORT].includes(name));
}
