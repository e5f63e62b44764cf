/** Cutting texts: for engines that bring no tokenizer for Chinese, or no snippets. */

/** An article as engines without a store of their own keep it: title and text. */
export type StoredText = readonly [title: string, body: string];

const SNIPPET = { before: 30, length: 120 };

/** Overlapping pairs of letters and digits; a run of one is a token by itself. */
export function pairs(text: string): string[] {
  const tokens: string[] = [];
  for (const [run] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    const characters = Array.from(run);
    if (characters.length === 1) tokens.push(run);
    for (let at = 0; at + 1 < characters.length; at += 1) tokens.push(`${characters[at]}${characters[at + 1]}`);
  }
  return tokens;
}

/** The words of a query as they stand in it, without quotation marks. */
export function words(query: string): string[] {
  return query.split(/[\s"“”]+/u).filter((word) => word !== '');
}

/** The text around the first place of a word of the query or, where none stands in it, of a pair. */
export function snippet(body: string, query: string): string {
  const places = (needles: readonly string[]): number[] => needles.map((needle) => body.indexOf(needle)).filter((place) => place >= 0);
  const found = places(words(query));
  const at = Math.min(...(found.length > 0 ? found : places(pairs(query))), body.length);
  const start = at === body.length ? 0 : Math.max(0, at - SNIPPET.before);
  return body.slice(start, start + SNIPPET.length);
}
