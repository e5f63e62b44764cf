/**
 * Builds the runtime that every bundle carries, into `dist/`:
 *
 *   souwen-HASH.wasm        the engine, without what only some queries need
 *   souwen-more-HASH.wasm   that
 *   souwen-worker-HASH.js   owns the engine; knows the wasm files' names
 *   souwen-HASH.js          the element
 *   souwen-words-LANGUAGE-HASH.js   its words in another language
 *   souwen-client.js        the client, under a fixed name: pages with a search box of their own load
 *                           it; knows the worker's name and those of the wasm files
 *   souwen-highlight.js     marks what was found on an article's own page, under a fixed name, too
 *   souwen-sw.js            the part of a site's service worker that is the search's, likewise
 *   souwen.js               the fixed name that all others load: client and element
 *   runtime.json            all of these, with their sizes
 *
 * Every name but the last five is made of the file's content, so the files can be cached for ever.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { wasmOptFlags } from './flags.mjs';
import { contentHash } from './hash.mjs';
import { minifyCss } from './minify-css.mjs';
import { trapping } from './slim-wasm.mjs';
import { split } from './split-wasm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = path.join(root, 'dist');
const wasmPackage = path.resolve(root, process.env.SOUWEN_PKG ?? 'pkg');

/** What the first answer does without, if the query is words that stand in the archive as they were typed. */
const LATER = ['souwen_search', 'souwen_suggest', 'souwen_related', 'souwen_document', 'souwen_keep', 'souwen_download'];

/**
 * Functions that `Engine::search_as_typed` never calls, though it calls others that may: it gives nothing
 * for queries with operators, filters or another order. And what only `download` does, and what is only done
 * where the browser has kept something, the page has pinned the bundle, or has not fetched its manifest and index.
 */
const INSIDE = [
  /souwen_search::query::parse_operators/u,
  /souwen_search::plan::Builder::operator/u,
  /souwen_search::select::.*::(?:expr|narrowed|without|proven_there)::/u,
  /souwen::facade::Souwen::(?:download|keep)::\{\{closure\}\}/u,
  // The futures themselves. What is smaller, or drops one of them, the compiler may have merged with the like of others.
  /^\$"?souwen::(?:deploys|kept)::(?:Kept::)?\w+::\{\{closure\}\}::h\w+"?$/u,
  /^\$"?souwen::loader::(?:Bundle::load|fetch_file|fetch_manifest)::\{\{closure\}\}::h\w+"?$/u,
  /^\$"?souwen::pinned::\w+(?:::\{\{closure\}\}){1,2}::h\w+"?$/u,
  /souwen_search::filter::(?:Condition::accepts|Filter::conditions|FilterError::message)/u,
];

/** The languages whose words are loaded where a page is written in them. */
const LANGUAGES = ['en', 'zh-hk', 'zh-tw'];

const CLIENT = './souwen-client.js';
const HIGHLIGHT = './souwen-highlight.js';

// The oldest browsers that can run the wasm file at all.
const TARGET = ['chrome96', 'firefox90', 'safari15'];

const common = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  target: TARGET,
  // Modules are read as UTF-8, whatever the page is.
  charset: 'utf8',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** The one file that esbuild made. */
async function bundle(options) {
  const { outputFiles } = await build({ ...common, ...options });
  return outputFiles[0].contents;
}

/** In a minified script, what is indented is markup in a template: there a line break and its indent mean as much as a space. */
function withoutIndents(script) {
  return Buffer.from(Buffer.from(script).toString().replace(/\n\s+/gu, ' '));
}

/** Leaves an import as it is, but under another name. */
function renamed(filter, name) {
  const setup = (build) => build.onResolve({ filter }, () => ({ path: name, external: true }));
  return { name: `renamed-${name}`, setup };
}

/** A script that is not read from a file. */
function given(name, contents) {
  const setup = (build) => {
    build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
    build.onLoad({ filter: /./, namespace: name }, () => ({ contents, loader: 'js' }));
  };
  return { name: 'given', setup };
}

/** The wasm package's script, which tells `engine/trap.ts` of each promise by which a future goes on. */
function telling(glue) {
  const [before, after, ...more] = glue.split('arg0.then(arg1, arg2)');
  if (after === undefined || more.length > 0) throw new Error('the wasm package’s script does not wait for promises in one place');
  return `${before}continuing(arg0.then(arg1, arg2))${after}`;
}

async function main() {
  const wasm = await readPackage('souwen_bg.wasm');
  const bindings = String(await readPackage('souwen.js'));
  const files = new Map();
  const add = (stem, extension, bytes) => {
    const name = `${stem}-${contentHash(bytes)}.${extension}`;
    files.set(name, bytes);
    return `./${name}`;
  };

  const { first, second, glue } = await split(wasm, LATER, await wasmOptFlags(), { inside: INSIDE, glue: bindings, prepare: trapping });
  const module = (stem, bytes) => ({ name: add(stem, 'wasm', bytes), bytes: bytes.length });
  const modules = [module('souwen', first), module('souwen-more', second)];
  const worker = await bundle({
    entryPoints: ['engine/worker.ts'],
    plugins: [given('souwen-wasm', telling(glue))],
    // For the wasm package's script as well, to which these are globals.
    inject: ['engine/steady-fetch.ts', 'engine/trap.ts'],
    define: { __SOUWEN_WASM__: JSON.stringify(modules) },
  });
  const workerName = add('souwen-worker', 'js', worker);
  const client = await bundle({
    entryPoints: ['client.ts'],
    inject: ['engine/watched-fetch.ts'],
    define: { __SOUWEN_WORKER__: JSON.stringify(workerName), __SOUWEN_WASM__: JSON.stringify(modules) },
  });
  const words = await Promise.all(
    LANGUAGES.map(async (language) => {
      const bytes = await bundle({ entryPoints: [`widget/messages.${language}.ts`] });
      return renamed(new RegExp(`/messages\\.${language}\\.ts$`), add(`souwen-words-${language}`, 'js', bytes));
    }),
  );
  const element = withoutIndents(await bundle({
    entryPoints: ['souwen.ts'],
    plugins: [...words, renamed(/^\.\/client\.ts$/, CLIENT), renamed(/^\.\/highlight\.ts$/, HIGHLIGHT), minifyCss(TARGET)],
  }));
  const elementName = add('souwen', 'js', element);
  files.set('souwen-highlight.js', await bundle({ entryPoints: ['highlight.ts'] }));
  // Loaded by `importScripts`, which knows no modules.
  files.set('souwen-sw.js', await bundle({ entryPoints: ['sw/souwen-sw.ts'], format: 'iife' }));
  // Not passed on to a hashed name: it is three kilobytes, and would wait for another round trip.
  files.set('souwen-client.js', client);
  // The client is named here too, so that both are on their way at once.
  files.set('souwen.js', Buffer.from(`import '${CLIENT}';\nexport * from '${elementName}';\n`));

  const list = [...files].map(([name, bytes]) => ({ name, bytes: bytes.length }));
  list.sort((a, b) => (a.name < b.name ? -1 : 1));
  files.set('runtime.json', Buffer.from(`${JSON.stringify({ files: list }, null, 2)}\n`));

  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const [name, bytes] of files) {
    await writeFile(path.join(out, name), bytes);
    const gzip = gzipSync(bytes, { level: 9 }).length;
    console.log(`${name.padEnd(32)} ${String(bytes.length).padStart(8)} bytes ${String(gzip).padStart(8)} gzip`);
  }
}

async function readPackage(name) {
  const file = path.join(wasmPackage, name);
  try {
    return await readFile(file);
  } catch {
    throw new Error(`${path.relative(process.cwd(), file)} is missing: build the wasm package first (cargo xtask demo does).`);
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
