import type { Hit, Mark, MarkedText } from '../engine/types.ts';

/** A stretch of text that is marked as a whole or not at all. */
export interface Segment {
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a text at its marks. Marks that overlap, run backwards or leave the text are mended, not trusted. */
export function segments({ text, marks }: MarkedText): Segment[] {
  const result: Segment[] = [];
  let position = 0;
  const push = (end: number, marked: boolean): void => {
    if (end > position) result.push({ text: text.slice(position, end), marked });
    position = Math.max(position, end);
  };
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(start, position);
    const to = Math.min(end, text.length);
    if (!(from < to)) continue;
    push(from, false);
    push(to, true);
  }
  push(text.length, false);
  return result;
}

/** Where any of the needles stands in the text, without regard to case; the longest wins. */
export function findMarks(text: string, needles: readonly string[]): Mark[] {
  if (needles.length === 0) return [];
  const longestFirst = [...needles].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escapePattern).join('|'), 'giu');
  return Array.from(text.matchAll(pattern), (match): Mark => [match.index, match.index + match[0].length]);
}

/**
 * What to mark in the whole article of a hit: what the engine marked in it, and the words of the
 * query as they were typed. Single characters would speckle the page, so they count only when the
 * reader asked for nothing longer.
 */
export function needlesOf(query: string, hit?: Pick<Hit, 'title' | 'snippet'>): string[] {
  const found = hit ? [hit.title, hit.snippet].flatMap(segments).filter((segment) => segment.marked) : [];
  const all = new Set([...queryWords(query), ...found.map((segment) => segment.text.trim())]);
  all.delete('');
  const long = [...all].filter((needle) => needle.length > 1);
  return long.length > 0 ? long : [...all];
}

/** The words and quoted phrases of a query, exclusions left out. */
function queryWords(query: string): string[] {
  const parts = query.matchAll(/(?<exclusion>[-－]?)(?:["“”](?<phrase>[^"“”]*)["“”]?|(?<word>[^\s"“”]+))/gu);
  return Array.from(parts, ({ groups }) =>
    groups?.['exclusion'] ? '' : (groups?.['phrase'] ?? groups?.['word'] ?? '').trim(),
  );
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
