import type { SearchResult } from '../engine/types.ts';
import type { Messages } from './messages.ts';
import { own } from './own.ts';

/** How many articles were found, and how many of them have only some of the words. */
export function summary(messages: Messages, { total, totalIsExact, relaxed }: SearchResult): string {
  return relaxed ? messages.relaxed(relaxed.complete, total - relaxed.complete) : messages.count(total, totalIsExact);
}

/** What an answer is announced with: what was searched, how much was found, what else may have been meant. */
export function spokenAnswer(messages: Messages, query: string, result: SearchResult): string {
  const { corrections, total } = result;
  const found = total > 0 ? summary(messages, result) : messages.nothing(query);
  const applied = corrections.find((correction) => correction.applied);
  const said = applied ? messages.corrected(applied.query) + found : found;
  const offered = corrections.filter((correction) => !correction.applied).map((correction) => correction.query);
  return offered.length > 0 ? `${said}; ${messages.didYouMean}${offered.join(', ')}` : said;
}

/** The words for a thrown thing, by its code. */
export function errorText(messages: Messages, error: unknown): string {
  return own(messages.errors, codeOf(error)) ?? messages.errors.unknown;
}

/** Its heading. */
export function failureTitle(messages: Messages, error: unknown): string {
  return own<string>(messages.failures, codeOf(error)) ?? messages.failed;
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code);
}
