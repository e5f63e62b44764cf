/** The pages that show the element's forms and where it can stand. */
import { page, POLICY, script, STRICT } from './layout.mjs';

/** What readers without JavaScript have; the element takes its place. */
const form = `<form action="./search.html" role="search"><label>搜索报道 <input type="search" name="q" /></label> <button>搜索</button></form>`;

const intro = (title, words) => `<h1 class="page-title">${title}</h1><p class="page-intro">${words}</p>`;

/** File name → HTML. */
export function pages(integrity) {
  return new Map([
    [
      'search.html',
      page({
        title: '搜索 · 棠川报',
        head: script(),
        search: '',
        main: `<h1 class="page-title">搜索棠川报</h1>
      <souwen-search bundle="./search/" mode="page" filters="date section reporter" offline shortcuts="/">${form}</souwen-search>`,
      }),
    ],
    [
      'themed.html',
      page({
        title: '换一身衣服 · 棠川报',
        head: `${script()}<link rel="stylesheet" href="./themed.css" />`,
        search: `<souwen-search bundle="./search/" theme="dark" placeholder="找一找">${form}</souwen-search>`,
        main: intro('换一身衣服', '颜色、字体、圆角是 CSS 自定义属性，细部是 <code>::part()</code>。这一页的搜索框只用了一个样式表。'),
      }),
    ],
    [
      'strict.html',
      page({
        title: '严格的内容安全策略 · 棠川报',
        policy: STRICT,
        head: script(),
        search: `<souwen-search bundle="./search/" reader="always" offline>${form}</souwen-search>`,
        main: intro('严格的内容安全策略', `这一页只许 <code>script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'</code>，没有内联的样式和脚本。`),
      }),
    ],
    [
      'embed.html',
      page({
        title: '从别的网站嵌入 · 棠川报',
        policy: `${POLICY.replace("script-src 'self'", "script-src 'self' http://localhost:* http://127.0.0.1:*")}; worker-src 'self' blob: http://localhost:* http://127.0.0.1:*; connect-src 'self' http://localhost:* http://127.0.0.1:*`,
        head: `<meta name="souwen-integrity" content='${JSON.stringify(integrity)}' /><script type="module" src="./embed.js"></script>`,
        search: `<souwen-search id="embedded" reader="always">${form}</souwen-search>`,
        main: intro('从别的网站嵌入', '搜索的脚本和数据来自另一个来源：这台机器的另一个名字。每个脚本都带着摘要（SRI），不符的不会运行。'),
      }),
    ],
  ]);
}
