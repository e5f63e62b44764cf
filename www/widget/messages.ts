import type { SouwenErrorCode } from '../engine/errors.ts';
import type { ArticleKind } from '../engine/types.ts';
import { count } from './numbers.ts';
import type { QuickRange } from './refinement.ts';

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
  /** Several ways to go wrong have a heading of their own; the others that of `failed`. */
  readonly failures: Readonly<Partial<Record<SouwenErrorCode, string>>>;
  readonly reload: string;
  /** The list of completions, and that of what was searched lately. */
  readonly suggestions: string;
  readonly recent: string;
  readonly recentClear: string;
  readonly recentOff: string;
  readonly recentOn: string;
  /** The group of lists that narrow the results. */
  readonly filters: string;
  readonly unfilter: string;
  /** Nothing is left, but would be without filters. */
  readonly nothingLeft: string;
  /** What readers call a field; others go by their names in the index. */
  readonly fields: Readonly<Record<string, string>>;
  /** Stands for not narrowing by a field. */
  readonly any: (field: string) => string;
  /** What a field is narrowed to. */
  readonly only: (field: string, values: readonly string[]) => string;
  readonly date: string;
  readonly anyDate: string;
  readonly ranges: Readonly<Record<QuickRange, string>>;
  readonly year: (year: string) => string;
  /** Two days of one's own choice. */
  readonly ownDates: string;
  readonly from: string;
  readonly to: string;
  readonly sort: string;
  readonly sorts: Readonly<Record<'relevance' | 'date', string>>;
  /** The button that opens the search in a dialog. */
  readonly open: string;
  readonly allResults: string;
  /** The reader's buttons. */
  readonly tools: string;
  readonly previousMatch: string;
  readonly nextMatch: string;
  /** Which of the marked places is shown; 0 before one is. */
  readonly matchOf: (current: number, all: number) => string;
  readonly smaller: string;
  readonly larger: string;
  readonly print: string;
  readonly share: string;
  readonly copied: string;
  /** Read out before a marked word. */
  readonly marked: string;
  /** What works without a network. */
  readonly offlineAll: string;
  readonly offlineSome: string;
  readonly offlineOld: string;
  readonly offlineNow: string;
  readonly save: string;
  readonly saveSize: (size: string) => string;
  readonly saving: string;
  readonly savedOf: (loaded: string, total: string) => string;
  readonly paused: string;
  readonly pause: string;
  readonly resume: string;
  readonly update: string;
  readonly remove: string;
  readonly removed: string;
  readonly noRoom: (needed: string, free: string) => string;
}

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
  failures: {
    network: '没有连上网络',
    'unsupported-version': '本站刚刚更新过',
    'unsupported-browser': '这个浏览器无法搜索',
  },
  reload: '刷新页面',
  suggestions: '搜索建议',
  recent: '最近搜索',
  recentClear: '清除记录',
  recentOff: '不再记录',
  recentOn: '记录最近的搜索',
  filters: '筛选',
  unfilter: '清除筛选',
  nothingLeft: '这样筛选之后没有报道了',
  fields: { section: '版面', reporter: '记者' },
  any: (field) => `全部${field}`,
  only: (field, values) => `${field}：${values.join('、')}`,
  date: '日期',
  anyDate: '不限日期',
  ranges: { week: '最近一周', month: '最近一月', year: '最近一年' },
  year: (year) => `${year}年`,
  ownDates: '自选日期…',
  from: '从',
  to: '到',
  sort: '排序',
  sorts: { relevance: '最相关', date: '最新' },
  open: '搜索',
  allResults: '查看全部结果',
  tools: '阅读工具',
  previousMatch: '上一处',
  nextMatch: '下一处',
  matchOf: (current, all) => (current > 0 ? `第 ${count(current)} 处，共 ${count(all)} 处` : `共 ${count(all)} 处`),
  smaller: '缩小字号',
  larger: '放大字号',
  print: '打印',
  share: '分享链接',
  copied: '链接已复制',
  marked: '标记：',
  offlineAll: '断网也能搜索全部报道',
  offlineSome: '断网时能搜索用过的部分',
  offlineOld: '离线数据不是最新的',
  offlineNow: '现在没有网络，正在使用存在本机的数据',
  save: '保存以便离线搜索',
  saveSize: (size) => `保存以便离线搜索（${size}）`,
  saving: '正在保存',
  savedOf: (loaded, total) => `${loaded} / ${total}`,
  paused: '已暂停',
  pause: '暂停',
  resume: '继续',
  update: '更新离线数据',
  remove: '移除离线数据',
  removed: '离线数据已移除',
  noRoom: (needed, free) => `存储空间不够：需要 ${needed}，还有 ${free}。请腾出空间后再试。`,
};
