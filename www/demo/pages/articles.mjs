/** A page for each article, and one that lists them. */
import { page, script, text } from './layout.mjs';

const search = `<souwen-search bundle="../search/" mode="modal" results-page="../search.html"><a href="../search.html">搜索</a></souwen-search>`;
const head = script('../');

const titleOf = ({ title, captions = [] }) => title || captions[0]?.slice(0, 24) || '（无标题）';

const metaOf = ({ date, section, reporters = [] }) =>
  [date, section, reporters.join(' ')].filter(Boolean).map((item) => `<span>${text(item)}</span>`).join('');

/** Paragraphs, and tables, whose cells stand between tabs. */
function body(paragraphs = []) {
  let html = '';
  let rows = '';
  for (const paragraph of [...paragraphs, '']) {
    if (paragraph.includes('\t')) {
      rows += `<tr>${paragraph.split('\t').map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`;
      continue;
    }
    if (rows) html += `<div class="table"><table>${rows}</table></div>`;
    rows = '';
    if (paragraph) html += `<p>${text(paragraph)}</p>`;
  }
  return html;
}

/** The article's own page. */
export function articlePage(article) {
  const { kicker, subtitle, paragraphs, captions = [] } = article;
  return page({
    title: `${titleOf(article)} · 棠川报`,
    root: '../',
    head,
    search,
    main: `<article class="full">
      ${kicker ? `<p class="kicker">${text(kicker)}</p>` : ''}
      <h1>${text(titleOf(article))}</h1>
      ${subtitle ? `<p class="subtitle">${text(subtitle)}</p>` : ''}
      <p class="meta">${metaOf(article)}</p>
      <div data-souwen-body>${body(paragraphs)}${captions.map((caption) => `<p class="caption">${text(caption)}</p>`).join('')}</div>
    </article>`,
  });
}

/** All articles, the newest first. */
export function listPage(articles) {
  const newest = [...articles].sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1));
  const items = newest.map((article) => `<li><a href="./${article.id}.html">${text(titleOf(article))}</a> <span class="meta">${metaOf(article)}</span></li>`);
  return page({
    title: '全部报道 · 棠川报',
    root: '../',
    head,
    search,
    main: `<h1 class="page-title">全部报道</h1><ul class="all">${items.join('')}</ul>`,
  });
}
