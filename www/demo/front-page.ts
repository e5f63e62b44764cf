import type { Article, Hit } from '../engine/types.ts';
import type { Block, Edition } from './edition.ts';

type Child = Node | string | undefined;

/** An element with attributes and children; data goes in as text. */
function element(name: string, attributes: Readonly<Record<string, string>>, ...children: Child[]): HTMLElement {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** The address under which the element of this page shows an article. */
export function readingAddress(id: string): string {
  return `#${new URLSearchParams({ 'souwen-read': id }).toString()}`;
}

const LUNAR_TENS = ['初', '十', '廿', '三'];
const DIGITS = '一二三四五六七八九十';

/** The day of a lunar month as it is written: 初一, 十五, 廿八, 三十. */
function lunarDay(day: number): string {
  const digit = DIGITS[(day - 1) % 10] ?? '';
  if (day === 20 || day === 30) return `${DIGITS[day / 10 - 1] ?? ''}十`;
  return (LUNAR_TENS[Math.floor((day - 1) / 10)] ?? '') + digit;
}

/** `2025年12月17日 星期三 农历十月廿八` */
export function longDate(date: string): string {
  const noon = new Date(`${date}T12:00:00Z`);
  if (Number.isNaN(noon.getTime())) return date;
  const inUtc = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const day = inUtc('zh-CN', { dateStyle: 'long' }).format(noon);
  const weekday = inUtc('zh-CN', { weekday: 'long' }).format(noon);
  const lunar = inUtc('zh-CN-u-ca-chinese', { month: 'long', day: 'numeric' }).formatToParts(noon);
  const part = (type: string): string => lunar.find((one) => one.type === type)?.value ?? '';
  return `${day} ${weekday} 农历${part('month')}${lunarDay(Number.parseInt(part('day'), 10))}`;
}

/** The whole front page; `lead` is the lead story's article. */
export function frontPage(edition: Edition, lead: Article | undefined): DocumentFragment {
  const page = document.createDocumentFragment();
  const top = element('div', { class: 'top' });
  if (edition.lead) {
    const seconds = element('div', { class: 'seconds' }, ...edition.seconds.map((hit) => story(hit, 'h3', true)));
    top.append(element('div', {}, leadStory(edition.lead, lead), seconds));
  }
  if (edition.digest.length > 0) {
    top.append(
      element('aside', { class: 'digest' }, element('h2', {}, '导读'), ...edition.digest.map((hit) => story(hit, 'h3', false))),
    );
  }
  page.append(top);
  if (edition.photos.length > 0) {
    page.append(
      element(
        'section',
        { class: 'photos', 'aria-labelledby': 'photos' },
        element('h2', { id: 'photos' }, '图说棠川'),
        element('div', { class: 'photo-row' }, ...edition.photos.map(photo)),
      ),
    );
  }
  page.append(element('div', { class: 'blocks' }, ...edition.blocks.map(block)));
  return page;
}

/** Links to the front page's sections. */
export function sectionLinks(edition: Edition): HTMLElement[] {
  return edition.blocks.map(({ section }) => element('a', { href: `#${sectionId(section)}` }, section));
}

function sectionId(section: string): string {
  return `section-${section}`;
}

function leadStory(hit: Hit, article: Article | undefined): HTMLElement {
  const paragraphs = (article?.paragraphs ?? [hit.snippet.text]).slice(0, 6);
  return element(
    'article',
    { class: 'lead' },
    hit.kicker ? element('p', { class: 'kicker' }, hit.kicker) : undefined,
    element('h2', {}, link(hit)),
    hit.subtitle ? element('p', { class: 'subtitle' }, hit.subtitle) : undefined,
    meta(hit),
    element('div', { class: 'columns' }, ...paragraphs.map((paragraph) => element('p', {}, paragraph))),
    element('a', { class: 'read-on', href: readingAddress(hit.id) }, '全文 ›'),
  );
}

function block({ section, hits }: Block): HTMLElement {
  return element(
    'section',
    { class: 'block', 'aria-labelledby': sectionId(section) },
    element('h2', { id: sectionId(section) }, section),
    ...hits.map((hit, index) => story(hit, 'h3', index === 0)),
  );
}

function story(hit: Hit, heading: string, withText: boolean): HTMLElement {
  return element(
    'article',
    { class: 'story' },
    element(heading, {}, link(hit)),
    withText && hit.snippet.text ? element('p', { class: 'text' }, hit.snippet.text) : undefined,
    meta(hit),
  );
}

function photo(hit: Hit): HTMLElement {
  return element(
    'a',
    { class: 'photo', href: readingAddress(hit.id) },
    hit.title.text ? element('strong', {}, hit.title.text) : undefined,
    hit.snippet.text && hit.snippet.text !== hit.title.text ? element('span', {}, hit.snippet.text) : undefined,
  );
}

function link(hit: Hit): HTMLElement {
  return element('a', { href: readingAddress(hit.id) }, hit.title.text);
}

function meta(hit: Hit): HTMLElement {
  return element(
    'p',
    { class: 'meta' },
    hit.date ? element('time', { datetime: hit.date }, (hit.dateInferred ? '约' : '') + hit.date.replaceAll('-', '.')) : undefined,
    hit.section ? element('span', {}, hit.section) : undefined,
    hit.reporters.length > 0 ? element('span', {}, hit.reporters.join(' ')) : undefined,
  );
}
