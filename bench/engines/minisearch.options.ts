/** MiniSearch for Chinese: it has no segmenter, so pairs of characters; what it writes must be read with the same options. */
import type { Options } from 'minisearch';
import type { Article } from '../corpus.ts';
import { pairs } from './text.ts';

export const options: Options<Pick<Article, 'id' | 'title' | 'body'>> = {
  fields: ['title', 'body'],
  storeFields: ['title', 'body'],
  tokenize: pairs,
  searchOptions: { boost: { title: 3 }, combineWith: 'AND' },
};
