/** The demo's pages beside its front page, as HTML. Data goes in as text. */

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it may stand in HTML, in an attribute too. */
export const text = (value) => String(value ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** Nothing but the site's own files, and the engine's wasm. */
export const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; object-src 'none'; base-uri 'self'";
/** The same, and no text may become a script. */
export const STRICT = `${POLICY}; require-trusted-types-for 'script'; trusted-types souwen lit-html`;

const LINKS = [
  ['./', '首页：框里搜'],
  ['./search.html', '结果页：搜索写在地址里'],
  ['./articles/', '文章页：弹窗里搜'],
  ['./themed.html', '换一身衣服'],
  ['./strict.html', '严格的内容安全策略'],
  ['./embed.html', '从别的网站嵌入'],
];

/** Links to everything that the demo shows; `root` leads to its front page. */
export function showcase(root) {
  const items = LINKS.map(([href, name]) => `<li><a href="${root}${href.slice(2)}">${name}</a></li>`).join('');
  return `<nav class="showcase" aria-label="演示"><ul>${items}</ul></nav>`;
}

/** A page with the newspaper's name above and the demo's links below. */
export function page({ title, root = './', policy = POLICY, head = '', search, main }) {
  return `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>${text(title)}</title>
    <link rel="icon" href="${root}favicon.svg" type="image/svg+xml" />
    <link rel="manifest" href="${root}site.webmanifest" />
    <link rel="stylesheet" href="${root}demo.css" />
    ${head}
  </head>
  <body>
    <header class="masthead slim">
      <div class="nameplate">
        <p class="home"><a href="${root || './'}"><img src="${root}favicon.svg" alt="" width="40" height="40" /><span class="name">棠川报</span></a></p>
        <div class="search">${search}</div>
      </div>
    </header>
    <main class="front-page">${main}</main>
    <footer class="colophon">${showcase(root)}</footer>
  </body>
</html>
`;
}

/** The one script tag. */
export const script = (root = './') => `<script type="module" src="${root}search/souwen.js"></script>`;
