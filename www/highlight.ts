/**
 * The script for the pages of articles: after a link of the search has been followed, it marks the
 * words and goes to the passage that was found. `souwen.js` loads it by itself where it is needed.
 */
import { highlight, unmark } from './widget/page-marks.ts';
import { readLanding } from './widget/landing.ts';

let marks: readonly HTMLElement[] = [];

/** Marks what the page's address tells; what was marked before no more is. */
export function highlightLanding(): void {
  clearHighlights();
  const landing = readLanding(location.hash);
  if (!landing) return;
  const root = document.querySelector('[data-souwen-body], main article, article, main') ?? document.body;
  const found = highlight(root, landing);
  marks = found.marks;
  found.target?.scrollIntoView({ block: 'center' });
}

/** Takes all marks out of the page again. */
export function clearHighlights(): void {
  unmark(marks);
  marks = [];
}

highlightLanding();
addEventListener('hashchange', highlightLanding);
