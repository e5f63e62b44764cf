import type { Snippet } from '../engine/types.ts';

/**
 * How the address of an article tells its page what to mark, and which passage to show: in the
 * fragment, which stays in the browser.
 */

/** What an address tells. */
export interface Landing {
  /** What to mark, wherever it stands. */
  readonly needles: readonly string[];
  /** How the passage reads that was found; empty when that was the whole article. */
  readonly passage: string;
}

const MARK = 'souwen-mark';
const PASSAGE = 'souwen-at';
/** So much of a passage finds it again. */
const PASSAGE_LENGTH = 24;
const MOST_NEEDLES = 8;

/** The address with that; one that has a fragment of its own keeps it, and tells nothing. */
export function landingAddress(url: string, needles: readonly string[], snippet?: Pick<Snippet, 'text' | 'marks'>): string {
  if (url.includes('#') || needles.length === 0) return url;
  const params = new URLSearchParams();
  for (const needle of needles.slice(0, MOST_NEEDLES)) params.append(MARK, needle);
  const start = snippet?.marks[0]?.[0];
  if (snippet && start !== undefined) params.set(PASSAGE, whole(snippet.text.slice(start, start + PASSAGE_LENGTH)));
  return `${url}#${params.toString()}`;
}

/** What a fragment tells; nothing if it is another's. */
export function readLanding(hash: string): Landing | undefined {
  const params = new URLSearchParams(hash.replace(/^#/u, ''));
  const needles = params.getAll(MARK).filter((needle) => needle.trim() !== '');
  if (needles.length === 0) return undefined;
  return { needles: needles.slice(0, MOST_NEEDLES), passage: params.get(PASSAGE) ?? '' };
}

/** A text that is not cut through a character of two code units. */
function whole(text: string): string {
  return text.replace(/[\ud800-\udbff]$/u, '');
}
