/**
 * Builds the demo newspaper's site into `dist-demo/`:
 *
 *   node scripts/build-demo.mjs ARTICLES.jsonl OUT.jsonl
 *
 * reads the articles as `souwen extract` writes them, makes a page for each, and writes them to OUT with
 * those pages' addresses, for `souwen build`. The bundle is not part of the site: it belongs in `search/`.
 * `dist/` must have been built: one page names the digests of its scripts.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { articlePage, listPage } from '../demo/pages/articles.mjs';
import { showcase } from '../demo/pages/layout.mjs';
import { pages } from '../demo/pages/pages.mjs';
import { contentHash } from './hash.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = path.join(root, 'dist-demo');
const COPIED = ['demo.css', 'themed.css', 'favicon.svg', 'site.webmanifest'];
const SCRIPTS = ['demo', 'embed'];

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: ['chrome90', 'firefox90', 'safari15'],
  logLevel: 'warning',
};

async function readArticles(file) {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line)).map((article) => ({ ...article, url: `/articles/${article.id}.html` }));
}

/** Digests of the scripts that a page loads, as it may demand them. */
async function integrity() {
  const names = (await readdir(path.join(root, 'dist'))).filter((name) => /^souwen(-client|-[0-9a-f]{12})?\.js$/.test(name));
  const digest = async (name) => {
    const bytes = await readFile(path.join(root, 'dist', name));
    return [name, `sha384-${createHash('sha384').update(bytes).digest('base64')}`];
  };
  return Object.fromEntries(await Promise.all(names.map(digest)));
}

async function main([input, output]) {
  if (!input || !output) throw new Error('usage: build-demo.mjs ARTICLES.jsonl OUT.jsonl');
  const articles = await readArticles(input);
  await writeFile(output, articles.map((article) => `${JSON.stringify(article)}\n`).join(''));

  await rm(out, { recursive: true, force: true });
  await mkdir(path.join(out, 'articles'), { recursive: true });
  const shell = new Map(pages(await integrity()));
  shell.set('index.html', (await readFile(path.join(root, 'demo/index.html'), 'utf8')).replace('<!-- showcase -->', showcase('./')));
  for (const [name, html] of shell) await writeFile(path.join(out, name), html);
  for (const name of COPIED) await cp(path.join(root, 'demo', name), path.join(out, name));
  for (const name of SCRIPTS) {
    await build({ ...common, target: name === 'embed' ? 'es2022' : common.target, entryPoints: [`demo/${name}.ts`], outfile: path.join(out, `${name}.js`) });
  }
  await writeFile(path.join(out, 'articles/index.html'), listPage(articles));
  for (const article of articles) await writeFile(path.join(out, `articles/${article.id}.html`), articlePage(article));

  // The service worker's own bytes must change whenever the page does: browsers look at nothing else.
  const files = [...shell.keys(), ...COPIED, ...SCRIPTS.map((name) => `${name}.js`)];
  const parts = await Promise.all(files.map((name) => readFile(path.join(out, name))));
  const version = contentHash(Buffer.concat(parts));
  await build({
    ...common,
    format: 'iife',
    entryPoints: ['demo/sw/demo-sw.ts'],
    outfile: path.join(out, 'demo-sw.js'),
    define: {
      __DEMO_VERSION__: JSON.stringify(version),
      __DEMO_SHELL__: JSON.stringify(['./', ...files.map((name) => `./${name}`)]),
    },
  });
  console.log(`dist-demo/ ${version}, ${articles.length} articles`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
