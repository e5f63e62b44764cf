import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { FacetCount, SearchResult } from '../engine/types.ts';
import type { Messages } from './messages.ts';
import { own } from './own.ts';
import { DATE, endsOf, isNarrowed, QUICK_RANGES, UNREFINED, valuesOf, withValues } from './refinement.ts';
import type { QuickRange, Refinement } from './refinement.ts';

/** What the controls show, and where they report to. */
export interface FiltersProps {
  readonly messages: Messages;
  readonly refinement: Refinement;
  /** How many articles have which values. */
  readonly facets: SearchResult['facets'];
  /** What can be narrowed, in this order: `date`, or names of facets. */
  readonly filters: readonly string[];
  readonly onRefine: (refinement: Refinement) => void;
}

/** A choice of a list: what it stands for, and what the reader sees. */
type Choice = readonly [value: string, text: string];

/** How the results are ordered. */
export function sortControl({ messages, refinement, onRefine }: FiltersProps): TemplateResult {
  const choices: Choice[] = [
    ['relevance', messages.sorts.relevance],
    ['date', messages.sorts.date],
  ];
  const choose = (sort: string): void => onRefine({ ...refinement, sort: sort === 'date' ? 'date' : 'relevance' });
  return picker('sort', messages.sort, choices, refinement.sort, choose);
}

/** Lists to narrow the results with, one for each field that has something to choose from. */
export function filterControls(props: FiltersProps): TemplateResult | typeof nothing {
  const { messages, refinement, filters, onRefine } = props;
  const lists = filters.map((name) => (name === DATE ? dateList(props) : fieldList(name, props)));
  const narrowed = isNarrowed(refinement);
  if (!narrowed && lists.every((list) => list === nothing)) return nothing;
  return html`<div class="filters" part="filters" role="group" aria-label=${messages.filters}>
    ${lists}
    ${narrowed
      ? html`<button type="button" class="link" part="unfilter" @click=${() => onRefine({ ...UNREFINED, sort: refinement.sort })}>
          ${messages.unfilter}
        </button>`
      : nothing}
    ${filters.includes(DATE) ? dateRange(props) : nothing}
  </div>`;
}

/** A button, and the values that it unfolds: any number of them can be ticked. */
function fieldList(name: string, { messages, refinement, facets, onRefine }: FiltersProps): TemplateResult | typeof nothing {
  const chosen = valuesOf(refinement, name);
  const counts = own(facets, name) ?? [];
  if (chosen.length === 0 && counts.length < 2) return nothing;
  const label = own(messages.fields, name) ?? name;
  const plain = (value: string): string => value;
  const choices = withOwn(counted(counts, plain), chosen, plain);
  const toggle = (value: string): void => {
    const others = chosen.filter((other) => other !== value);
    onRefine(withValues(refinement, name, others.length < chosen.length ? others : [...chosen, value]));
  };
  return html`<button type="button" class="pick" part="filter" aria-expanded="false" ?data-chosen=${chosen.length > 0} @click=${unfold}>
      ${chosen.length > 0 ? messages.only(label, chosen) : messages.any(label)}
    </button>
    <div class="range values" part="filter-values" role="group" aria-label=${label}>
      ${choices.map(
        ([value, text]) =>
          html`<label class="value" part="filter-value"
            ><input type="checkbox" .checked=${chosen.includes(value)} @change=${() => toggle(value)} />${text}</label
          >`,
      )}
    </div>`;
}

/** What follows the button is shown, or hidden, by the style sheet. */
function unfold({ currentTarget }: Event): void {
  const button = currentTarget as HTMLElement;
  button.setAttribute('aria-expanded', String(button.getAttribute('aria-expanded') === 'false'));
}

const OWN = '..';

function dateList({ messages, refinement, facets, onRefine }: FiltersProps): TemplateResult {
  const { date } = refinement;
  const own = endsOf(date) !== undefined;
  const quick = (Object.keys(QUICK_RANGES) as QuickRange[]).map((range): Choice => [range, messages.ranges[range]]);
  const choices: Choice[] = [
    ['', messages.anyDate],
    ...quick,
    ...counted(facets['year'] ?? [], messages.year),
    [OWN, messages.ownDates],
  ];
  const chosen = own ? OWN : date;
  const choose = (value: string): void => onRefine({ ...refinement, date: value });
  return picker('filter', messages.date, withOwn(choices, [chosen], messages.year), chosen, choose);
}

/** From one day to another, either of which may be left open. */
function dateRange({ messages, refinement, onRefine }: FiltersProps): TemplateResult | typeof nothing {
  const ends = endsOf(refinement.date);
  if (!ends) return nothing;
  const [from, to] = ends;
  const day = (label: string, value: string, choose: (value: string) => string): TemplateResult =>
    html`<label class="day"
      ><span>${label}</span
      ><input
        type="date"
        part="date"
        .value=${value}
        @change=${(event: Event) =>
          onRefine({ ...refinement, date: choose((event.currentTarget as HTMLInputElement).value) })}
    /></label>`;
  return html`<div class="range" part="date-range">
    ${day(messages.from, from, (value) => `${value}..${to}`)} ${day(messages.to, to, (value) => `${from}..${value}`)}
  </div>`;
}

function counted(counts: readonly FacetCount[], name: (value: string) => string): Choice[] {
  return counts.map(({ value, count }) => [value, `${name(value)} (${count})`]);
}

/** A list that has the values chosen, even where no article has them any more. */
function withOwn(choices: Choice[], chosen: readonly string[], name: (value: string) => string): Choice[] {
  const missing = chosen.filter((own) => !choices.some(([value]) => value === own));
  return [...choices, ...missing.map((own): Choice => [own, name(own)])];
}

function picker(
  part: string,
  label: string,
  choices: readonly Choice[],
  chosen: string,
  choose: (value: string) => void,
): TemplateResult {
  const onChange = (event: Event): void => choose((event.currentTarget as HTMLSelectElement).value);
  return html`<span class="pick" ?data-chosen=${part === 'filter' && chosen !== ''}
    ><select part=${part} aria-label=${label} @change=${onChange}>
      ${choices.map(([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`)}
    </select></span
  >`;
}
