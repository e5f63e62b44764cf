/**
 * FlexSearch for Chinese. Its own `Charset.CJK` cuts into single characters, of which most articles have most: pairs
 * through its custom encoder find the same and far fewer false ones.
 */
import type { IndexOptions } from 'flexsearch';
import { pairs } from './text.ts';

export const options: IndexOptions = { tokenize: 'strict', encode: pairs };

/** One part of an exported index, for `Index.import`. */
export type Part = readonly [key: string, data: string];
