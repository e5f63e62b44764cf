import type { Article, Hit } from '../types.ts';

/** An article with everything empty but what is given. */
export function sampleArticle(id: string, rest: Partial<Article> = {}): Article {
  return {
    id,
    kind: 'article',
    title: '',
    kicker: '',
    subtitle: '',
    reporters: [],
    date: null,
    date_inferred: false,
    section: '',
    url: '',
    tags: [],
    paragraphs: [],
    captions: [],
    ...rest,
  };
}

/** A hit whose headline is its id. */
export function sampleHit(id: string, rest: Partial<Hit> = {}): Hit {
  return {
    id,
    url: '',
    kind: 'article',
    date: null,
    dateInferred: false,
    section: '',
    reporters: [],
    score: 1,
    title: { text: id, marks: [] },
    kicker: '',
    subtitle: '',
    snippet: { text: '', marks: [], caption: false },
    missing: [],
    similar: [],
    ...rest,
  };
}
