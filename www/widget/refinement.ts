import type { Filters, SearchOptions } from '../engine/types.ts';
import { own } from './own.ts';

/** How the reader narrows and orders the results. */
export interface Refinement {
  readonly sort: 'relevance' | 'date';
  /**
   * Empty for any day; `week`, `month` or `year` for those up to today; `2025` for a year; or
   * `FROM..TO`, each `YYYY-MM-DD` or empty.
   */
  readonly date: string;
  /** Field name → the value wanted, or several of which an article is to have one. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

export const UNREFINED: Refinement = { sort: 'relevance', date: '', fields: {} };

/** The ranges of days that end today, and how many days each goes back. */
export const QUICK_RANGES = { week: 7, month: 30, year: 365 } as const;

export type QuickRange = keyof typeof QUICK_RANGES;

/** The name under which a choice of days is kept beside those of the fields. */
export const DATE = 'date';

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const YEAR = /^\d{4}$/u;

/** Whether some articles are left out. */
export function isNarrowed(refinement: Refinement): boolean {
  return narrowedFields(refinement).length > 0;
}

/** The values of a field of which an article is to have one; none where any will do. */
export function valuesOf({ fields }: Refinement, field: string): string[] {
  return [own(fields, field) ?? []].flat().filter((value) => value !== '');
}

/** The fields that leave articles out; `date` is one of them. */
export function narrowedFields(refinement: Refinement): string[] {
  const names = Object.keys(refinement.fields).filter((name) => valuesOf(refinement, name).length > 0);
  return days(refinement.date) ? [DATE, ...names] : names;
}

/** The same, but for one field. */
export function without(refinement: Refinement, field: string): Refinement {
  if (field === DATE) return { ...refinement, date: '' };
  return withValues(refinement, field, []);
}

/** The same, but for the values of one field. */
export function withValues(refinement: Refinement, field: string, values: readonly string[]): Refinement {
  return { ...refinement, fields: { ...refinement.fields, [field]: values } };
}

/** As the engine takes it; `today` ends the quick ranges. */
export function searchOptions(refinement: Refinement, today = new Date()): Pick<SearchOptions, 'sort' | 'filters'> {
  const names = narrowedFields(refinement).filter((name) => name !== DATE);
  const filters = Object.fromEntries(names.map((name) => [name, valuesOf(refinement, name)]));
  const date = days(refinement.date, today);
  return { sort: refinement.sort, filters: date ? ({ ...filters, date } as Filters) : filters };
}

/** The two ends of a range as typed, each `YYYY-MM-DD` or empty; nothing if it is no `FROM..TO`. */
export function endsOf(date: string): readonly [from: string, to: string] | undefined {
  const [from, to, ...rest] = date.split('..');
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return [from, to];
}

/** What a choice of days means; nothing when it means all of them. */
function days(date: string, today = new Date()): { from?: string; to?: string } | undefined {
  if (Object.prototype.hasOwnProperty.call(QUICK_RANGES, date)) {
    const first = new Date(today);
    first.setDate(first.getDate() - QUICK_RANGES[date as QuickRange]);
    return { from: localDay(first), to: localDay(today) };
  }
  if (YEAR.test(date)) return { from: `${date}-01-01`, to: `${date}-12-31` };
  const [from = '', to = ''] = (endsOf(date) ?? []).map((end) => (DAY.test(end) ? end : ''));
  if (!from && !to) return undefined;
  // Whoever names the later day first means the same days.
  if (from && to && from > to) return { from: to, to: from };
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

/** The day on the reader's own calendar. */
function localDay(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Whether a text is a choice of days, as addresses may bring any. */
export function isDateChoice(date: string): boolean {
  return date === '' || days(date) !== undefined;
}
