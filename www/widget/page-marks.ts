import type { Landing } from './landing.ts';

/**
 * Marks in a page what a reader has searched for, wherever inline elements cut it, and finds the
 * passage that the search has shown. Only text nodes are cut; nothing is read as HTML.
 */

/** What has been marked. */
export interface Highlighted {
  /** From first to last; a place that inline elements cut has several. */
  readonly marks: readonly HTMLElement[];
  /** Where the passage begins, or the first place marked. */
  readonly target: HTMLElement | undefined;
}

/** A page that repeats a word more often is marked so far. */
const MOST = 500;

const SKIPPED = 'script, style, noscript, template, textarea, select, option, svg, math, iframe, canvas, mark.souwen-mark, souwen-search, [contenteditable], [hidden]';
const BLOCKS =
  'p, div, li, dd, dt, td, th, caption, h1, h2, h3, h4, h5, h6, article, section, blockquote, figcaption, pre, header, footer, main, aside, nav, body';

/** A piece of a page's text, and where in all of it that stands. */
interface Piece {
  readonly node: Text;
  readonly start: number;
}

/** Marks a landing's words below an element. */
export function highlight(root: Element, { needles, passage }: Landing): Highlighted {
  const { pieces, text } = piecesOf(root);
  const places = Array.from(text.matchAll(pattern(needles)), ({ 0: found, index }) => [index, index + found.length] as const);
  const at = passage ? text.search(pattern([passage])) : -1;
  const wanted = Math.max(
    places.findIndex(([, end]) => at >= 0 && end > at),
    0,
  );
  let target: HTMLElement | undefined;
  const marks: HTMLElement[] = [];
  // Those of a node are cut off from its end, so that those before keep their places.
  for (let place = Math.min(places.length, Math.max(MOST, wanted + 1)) - 1; place >= 0; place -= 1) {
    const [start, end] = places[place] ?? [0, 0];
    for (const { node, start: offset } of overlapping(pieces, start, end)) {
      const mark = wrap(node, Math.max(start - offset, 0), Math.min(end - offset, node.data.length));
      marks.unshift(mark);
      if (place === wanted) target = mark;
    }
  }
  return { marks, target };
}

/** Takes marks out of the page again. */
export function unmark(marks: readonly HTMLElement[]): void {
  for (const mark of marks) {
    const { parentNode } = mark;
    mark.replaceWith(...Array.from(mark.childNodes));
    parentNode?.normalize();
  }
}

/** What stands between the texts of two blocks, and in none of them. */
const APART = '\u0000';

/** The text of a page, blocks apart. */
function piecesOf(root: Element): { readonly pieces: Piece[]; readonly text: string } {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const pieces: Piece[] = [];
  let text = '';
  let block: Element | null | undefined;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const { parentElement } = node;
    if (!parentElement || node.data === '' || parentElement.closest(SKIPPED)) continue;
    const own = parentElement.closest(BLOCKS);
    if (block !== undefined && own !== block) text += APART;
    block = own;
    pieces.push({ node, start: text.length });
    text += node.data;
  }
  return { pieces, text };
}

/** Pieces that a place has a share in, the last first. */
function overlapping(pieces: readonly Piece[], start: number, end: number): Piece[] {
  return pieces.filter((piece) => piece.start < end && piece.start + piece.node.data.length > start).reverse();
}

/** Any of some texts, the longest first, whatever spaces and breaks the page has between its characters. */
function pattern(texts: readonly string[]): RegExp {
  const one = (text: string): string =>
    Array.from(text.replace(/\s+/gu, ''), (character) => character.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&')).join('\\s*');
  const alternatives = [...texts].sort((a, b) => b.length - a.length).map(one);
  return new RegExp(alternatives.filter((text) => text !== '').join('|') || '(?!)', 'giu');
}

function wrap(node: Text, start: number, end: number): HTMLElement {
  const mark = node.ownerDocument.createElement('mark');
  mark.className = 'souwen-mark';
  const inside = node.splitText(start);
  inside.splitText(end - start);
  inside.replaceWith(mark);
  mark.append(inside);
  return mark;
}
