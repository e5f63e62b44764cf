/**
 * Where the parts of the element lie and what colours they have, as text: to be kept beside the tests, compared with a
 * tolerance, and read in a diff.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';

/** Of a list so many rows are enough: the others are like them. */
const ROWS = 3;
/** Boxes may differ by so many px: browsers round halves of pixels differently, and draw their own controls differently. */
const TOLERANCE = 2;

/** A line for each part that can be seen: `part x y width height`, from the element's, or the dialog's, corner. Runs in the page. */
export function boxesOf(host: Element, rows: number): string[] {
  const root = host.shadowRoot;
  const dialog = root?.querySelector('dialog[open]');
  const corner = (dialog ?? host).getBoundingClientRect();
  const counts = new Map<string, number>();
  return Array.from((dialog ?? root)?.querySelectorAll<HTMLElement>('[part]') ?? []).flatMap((element) => {
    const part = element.getAttribute('part') ?? '';
    const { x, y, width, height } = element.getBoundingClientRect();
    if (width === 0 || element.localName === 'mark' || getComputedStyle(element).visibility === 'hidden') return [];
    const count = (counts.get(part) ?? 0) + 1;
    counts.set(part, count);
    if (count > rows) return [];
    return `${part.replaceAll(' ', '+')} ${[x - corner.x, y - corner.y, width, height].map(Math.round).join(' ')}`;
  });
}

/** A line for each part: `part text background border`, as the browser has computed them. Runs in the page. */
export function coloursOf(host: Element): string[] {
  const root = host.shadowRoot;
  const lines = Array.from((root?.querySelector('dialog[open]') ?? root)?.querySelectorAll<HTMLElement>('[part]') ?? []).flatMap((element) => {
    if (element.getClientRects().length === 0) return [];
    const { color, backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(element);
    const parts = [color, backgroundColor, borderTopWidth === '0px' ? '-' : borderTopColor];
    return `${(element.getAttribute('part') ?? '').replaceAll(' ', '+')} ${parts.map((text) => text.replaceAll(' ', '')).join(' ')}`;
  });
  return [...new Set(lines)];
}

/** Compares lines with those of a file, numbers with a tolerance; where the tests are told to update, writes them there. */
export function expectLayout(file: string, sections: Readonly<Record<string, readonly string[]>>): void {
  const now = Object.entries(sections).flatMap(([title, lines]) => [`# ${title}`, ...lines]);
  const { updateSnapshots } = test.info().config;
  if (updateSnapshots === 'all' || updateSnapshots === 'changed') {
    if (existsSync(file) && differences(read(file), now).length === 0) return;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${now.join('\n')}\n`);
    return;
  }
  expect(existsSync(file), `${file} is there; --update-snapshots writes it`).toBe(true);
  expect.soft(differences(read(file), now), `what lies, or looks, otherwise than ${path.basename(file)} says`).toEqual([]);
}

const read = (file: string): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');

/** Lines that are not alike. */
export function differences(then: readonly string[], now: readonly string[]): string[] {
  const length = Math.max(then.length, now.length);
  const pairs = Array.from({ length }, (_, line) => [then[line] ?? '(nothing)', now[line] ?? '(nothing)'] as const);
  let section = '';
  return pairs.flatMap(([before, after]) => {
    if (after.startsWith('#')) section = after;
    return alike(before, after) ? [] : [`${section}: was ${before}, is ${after}`];
  });
}

function alike(one: string, other: string): boolean {
  const [a, b] = [one.split(' '), other.split(' ')];
  return a.length === b.length && a.every((word, at) => word === b[at] || Math.abs(Number(word) - Number(b[at])) <= TOLERANCE);
}

export { ROWS };
