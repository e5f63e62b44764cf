import type { SouwenErrorCode } from '../engine/errors.ts';
import type { ArticleKind } from '../engine/types.ts';

/** Every word that the widget says. */
export interface Messages {
  /** The input's accessible name. */
  readonly label: string;
  readonly placeholder: string;
  readonly clear: string;
  /** The list's accessible name. */
  readonly results: string;
  readonly loading: string;
  /** While the engine itself is on its way, before a bar. */
  readonly preparing: string;
  /** Shown under an empty input. */
  readonly hint: string;
  readonly hintSyntax: string;
  /** How many articles an index holds. */
  readonly holds: (articles: number) => string;
  readonly count: (total: number, exact: boolean) => string;
  readonly more: string;
  readonly moreLoaded: (shown: number, total: number) => string;
  /** How many articles have all words of the query, and how many more only some. */
  readonly relaxed: (complete: number, partial: number) => string;
  /** The words of the query that one article lacks. */
  readonly missing: (words: readonly string[]) => string;
  readonly nothing: (query: string) => string;
  readonly nothingAdvice: readonly string[];
  readonly didYouMean: string;
  /** The query that was searched instead of the one typed; how many it found, or `asTyped`, follows at once. */
  readonly corrected: (query: string) => string;
  /** The button that searches what was typed. */
  readonly asTyped: (query: string) => string;
  /** How many articles that say the same are folded under a result. */
  readonly similar: (count: number) => string;
  /** Stands before searches to go on with. */
  readonly related: string;
  /** Stands for a missing headline. */
  readonly untitled: Readonly<Record<ArticleKind, string>>;
  readonly caption: string;
  readonly kinds: Readonly<Record<ArticleKind, string>>;
  readonly byline: (reporters: readonly string[]) => string;
  /** A date that the article itself does not bear, and what that means. */
  readonly about: (date: string) => string;
  readonly dateInferred: string;
  readonly photos: string;
  readonly tags: (tags: readonly string[]) => string;
  readonly back: string;
  readonly close: string;
  readonly opening: string;
  readonly retry: string;
  readonly failed: string;
  /** What happened, and what the reader can do. */
  readonly errors: Readonly<Record<SouwenErrorCode | 'unknown' | 'no-bundle', string>>;
}

/** A number as Chinese and English both group it. */
const count = (number: number): string => number.toLocaleString('en');

export const zhCN: Messages = {
  label: '搜索报道',
  placeholder: '搜索标题、正文、人名、地名',
  clear: '清除',
  results: '搜索结果',
  loading: '正在搜索…',
  preparing: '正在载入搜索…',
  hint: '输入一个或几个词，立即搜索',
  hintSyntax: '“引号”里的词句原样查找，-词语 表示不要它',
  holds: (articles) => `共收录 ${count(articles)} 篇报道`,
  count: (total, exact) => `找到${exact ? '' : '至少'} ${count(total)} 篇报道`,
  more: '更多结果',
  moreLoaded: (shown, total) => `已显示 ${count(shown)} 篇，共 ${count(total)} 篇`,
  relaxed: (complete, partial) =>
    complete > 0
      ? `${count(complete)} 篇含有全部词语，另有 ${count(partial)} 篇只含部分`
      : `没有报道含有全部词语，以下 ${count(partial)} 篇只含部分`,
  missing: (words) => `不含：${words.join('、')}`,
  nothing: (query) => `没有找到与“${query}”有关的报道`,
  nothingAdvice: ['换一个说法，或少输几个字', '检查有没有打错的字', '去掉引号和减号再试'],
  didYouMean: '您要找的是不是：',
  corrected: (query) => `搜索了“${query}”，`,
  asTyped: (query) => `仍要搜“${query}”？`,
  similar: (similar) => `另有 ${count(similar)} 篇内容相同`,
  related: '相关搜索',
  untitled: { article: '（无标题）', photo: '图片新闻', table: '表格' },
  caption: '图片说明',
  kinds: { article: '', photo: '图片', table: '表格' },
  byline: (reporters) => reporters.join(' '),
  about: (date) => `约${date}`,
  dateInferred: '报道没有注明日期，此为推定',
  photos: '图片说明',
  tags: (tags) => `关键词：${tags.join('、')}`,
  back: '返回结果',
  close: '关闭',
  opening: '正在打开…',
  retry: '重试',
  failed: '搜索暂时不可用',
  errors: {
    'bundle-not-found': '没有找到搜索数据。请稍后再试，或告诉本站。',
    'bundle-damaged': '搜索数据不完整。请刷新页面再试。',
    'unsupported-version': '搜索数据已经更新。请刷新页面。',
    network: '网络不通，搜索数据没有取到。请检查网络后重试。',
    storage: '浏览器没有为本页保存数据：可能不是 https 网址、正在无痕浏览，或存储空间已满。',
    'not-found': '这篇报道已不在库中。请刷新页面后重新搜索。',
    'invalid-argument': '这个查询无法处理。请换一个说法。',
    'engine-crashed': '搜索出了故障，已重新启动。请换一个说法再试。',
    closed: '搜索已经关闭。请刷新页面。',
    'unsupported-browser': '这个浏览器太旧，无法在页面内搜索。请更新浏览器。',
    'no-bundle': '搜索还没有设置好：bundle 属性缺失，或不是有效的地址。',
    unknown: '发生了意外的错误。请重试。',
  },
};

export const en: Messages = {
  label: 'Search articles',
  placeholder: 'Search headlines, text, names, places',
  clear: 'Clear',
  results: 'Search results',
  loading: 'Searching…',
  preparing: 'Loading the search…',
  hint: 'Type a word or a few to search at once',
  hintSyntax: '"quotes" find the exact words, -word leaves it out',
  holds: (articles) => `${count(articles)} articles`,
  count: (total, exact) => `${exact ? '' : 'At least '}${count(total)} ${total === 1 ? 'article' : 'articles'}`,
  more: 'More results',
  moreLoaded: (shown, total) => `${count(shown)} of ${count(total)} shown`,
  relaxed: (complete, partial) =>
    complete > 0
      ? `With all the words: ${count(complete)}. With some of them: ${count(partial)} more.`
      : `No article has all the words. With some of them: ${count(partial)}.`,
  missing: (words) => `Without: ${words.join(', ')}`,
  nothing: (query) => `Nothing found for “${query}”`,
  nothingAdvice: ['Try other words, or fewer', 'Check the spelling', 'Leave out quotes and minus signs'],
  didYouMean: 'Did you mean: ',
  corrected: (query) => `Showing results for “${query}”. `,
  asTyped: (query) => `Search for “${query}” instead?`,
  similar: (similar) => `${count(similar)} more with the same text`,
  related: 'Related searches',
  untitled: { article: '(untitled)', photo: 'Photo news', table: 'Table' },
  caption: 'Caption',
  kinds: { article: '', photo: 'Photo', table: 'Table' },
  byline: (reporters) => `By ${reporters.join(', ')}`,
  about: (date) => `c. ${date}`,
  dateInferred: 'The article bears no date; this one is inferred',
  photos: 'Captions',
  tags: (tags) => `Keywords: ${tags.join(', ')}`,
  back: 'Back to results',
  close: 'Close',
  opening: 'Opening…',
  retry: 'Try again',
  failed: 'Search is not available',
  errors: {
    'bundle-not-found': 'The search data was not found. Try again later, or tell this site.',
    'bundle-damaged': 'The search data is incomplete. Reload the page.',
    'unsupported-version': 'The search data has been updated. Reload the page.',
    network: 'The network does not answer. Check the connection and try again.',
    storage: 'The browser keeps nothing for this page: no https, a private window, or storage is full.',
    'not-found': 'This article is no longer there. Reload the page and search again.',
    'invalid-argument': 'This query cannot be answered. Try other words.',
    'engine-crashed': 'Search broke and was started again. Try other words.',
    closed: 'Search has been closed. Reload the page.',
    'unsupported-browser': 'This browser is too old to search in the page. Update it.',
    'no-bundle': 'Search is not set up: the bundle attribute is missing or no address.',
    unknown: 'Something unexpected went wrong. Try again.',
  },
};

/** The words for a language tag: English for `en…`, simplified Chinese for the rest. */
export function messagesFor(language: string): Messages {
  return /^en\b/iu.test(language) ? en : zhCN;
}
