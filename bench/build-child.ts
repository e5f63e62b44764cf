/** Builds one engine's files: `build-child.mjs ENGINE ARTICLES.jsonl FOLDER`. */
import { readArticles } from './corpus.ts';
import type { Build } from './engines/build.ts';

const BUILDS: Readonly<Record<string, () => Promise<{ build: Build }>>> = {
  minisearch: () => import('./engines/minisearch.build.ts'),
  flexsearch: () => import('./engines/flexsearch.build.ts'),
  orama: () => import('./engines/orama.build.ts'),
  sqlite: () => import('./engines/sqlite.build.ts'),
  scan: () => import('./engines/scan.build.ts'),
};

const [engine = '', articles = '', folder = ''] = process.argv.slice(2);
const load = BUILDS[engine];
if (!load) throw new Error(`No build for the engine ${engine}.`);
const { build } = await load();
await build(await readArticles(articles), folder);
