/** The engines, and how each is set up: one description each, the work in the files of the same name. */
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Article } from '../corpus.ts';

/** What a build starts from. */
export interface BuildInput {
  readonly articles: readonly Article[];
  /** The articles as JSONL. */
  readonly file: string;
  /** An empty folder for what is not served. */
  readonly scratch: string;
  /** The folder that will be served. */
  readonly out: string;
  /** The `souwen` program. */
  readonly souwen: string;
  /** tantivy's parts: the program that indexes, and the folder of the wasm package. */
  readonly tantivy: { readonly program: string; readonly wasm: string };
}

export interface Engine {
  /** Names its files, here and in the output. */
  readonly id: string;
  readonly name: string;
  /** Its npm package, whose version is reported. */
  readonly package?: string;
  /** A crate in place of it. */
  readonly version?: string;
  /** How it was set for Chinese. */
  readonly setting: string;
  /** Whether everything is loaded before the first answer, so that no query loads more. */
  readonly whole: boolean;
  /** Whether `"…"` asks for an exact string; without them a query is sent as it is. */
  readonly quotes: boolean;
  /** What is done before the clock starts. */
  prepare?(input: BuildInput): Promise<void>;
  /** The program that is timed; without one, `engines/ID.build.ts` in a Node of its own. */
  command?(input: BuildInput): readonly string[];
  /** Files that belong beside what was built. */
  finish?(input: BuildInput): Promise<void>;
  /** The articles by the engine's own ids, where `all` answers with those. */
  articles?(out: string): Promise<ReadonlyMap<string, number>>;
}

/** A file of an installed package. */
function packageFile(name: string, file: string): string {
  return path.resolve(import.meta.dirname, '../node_modules', name, file);
}

function escaped(text: string): string {
  return text.replace(/[&<>]/gu, (one) => ({ '&': '&amp;', '<': '&lt;' })[one] ?? '&gt;');
}

/** An article's page as a newspaper's site has it. */
function html({ title, body, date }: Article): string {
  const paragraphs = body.split('\n').map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('\n');
  return `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body><article data-pagefind-body><h1>${escaped(title)}</h1><time>${date ?? ''}</time>
${paragraphs}</article></body></html>
`;
}

const souwen: Engine = {
  id: 'souwen',
  name: 'Souwen',
  setting: '`souwen build` without a configuration; `open` and `search` with their defaults, less facets, which no page shows',
  whole: false,
  quotes: true,
  command: ({ souwen, file, out }) => [souwen, 'build', file, '--out', path.join(out, 'search')],
};

const pagefind: Engine = {
  id: 'pagefind',
  name: 'Pagefind',
  package: 'pagefind',
  setting: 'the extended program over HTML pages with `lang="zh"` and `data-pagefind-body`, which cuts Chinese words; its JS module with its worker',
  whole: false,
  quotes: true,
  prepare: async ({ articles, scratch }) => {
    const folder = path.join(scratch, 'site');
    await mkdir(folder);
    for (const article of articles) await writeFile(path.join(folder, `${article.id}.html`), html(article));
  },
  command: ({ scratch, out }) => [
    process.execPath,
    packageFile('pagefind', 'lib/runner/bin.cjs'),
    ...['--site', path.join(scratch, 'site'), '--output-path', path.join(out, 'pagefind')],
  ],
  articles: async (out) => {
    const folder = path.join(out, 'pagefind/fragment');
    const articles = new Map<string, number>();
    for (const name of await readdir(folder)) {
      const text = gunzipSync(await readFile(path.join(folder, name))).toString();
      const { url } = JSON.parse(text.slice(text.indexOf('{'))) as { url: string };
      articles.set(path.parse(name).name, Number(/(\d+)\.html/u.exec(url)?.[1]));
    }
    return articles;
  },
};

const minisearch: Engine = {
  id: 'minisearch',
  name: 'MiniSearch',
  package: 'minisearch',
  setting: 'character pairs; all pairs of a query, else any; the index with the texts in it as JSON',
  whole: true,
  quotes: false,
};

const flexsearch: Engine = {
  id: 'flexsearch',
  name: 'FlexSearch',
  package: 'flexsearch',
  setting: 'character pairs through its custom encoder; all pairs of a query, else as many as there are; exported index, texts beside it',
  whole: true,
  quotes: false,
};

const orama: Engine = {
  id: 'orama',
  name: 'Orama',
  package: '@orama/orama',
  setting: 'its mandarin tokenizer; all words of a query, else any; the saved database as JSON',
  whole: true,
  quotes: false,
};

const sqlite: Engine = {
  id: 'sqlite',
  name: 'SQLite FTS5',
  package: '@sqlite.org/sqlite-wasm',
  setting: 'trigram tokenizer; words shorter than three characters by `LIKE`; the database in memory',
  whole: true,
  quotes: false,
  finish: ({ out }) => copyFile(packageFile('@sqlite.org/sqlite-wasm', 'dist/sqlite3.wasm'), path.join(out, 'sqlite3.wasm')),
};

const tantivy: Engine = {
  id: 'tantivy',
  name: 'tantivy (wasm)',
  version: '0.27',
  setting: 'character pairs with positions, a word as a phrase of pairs, else all pairs; one segment in memory, texts beside it',
  whole: true,
  quotes: true,
  command: ({ tantivy, file, out }) => [tantivy.program, file, path.join(out, 'index.pack')],
  finish: async ({ articles, tantivy, out }) => {
    const texts = articles.map(({ title, body }) => [title, body]);
    await writeFile(path.join(out, 'texts.json'), JSON.stringify(texts));
    for (const name of ['tantivy.js', 'tantivy_bg.wasm']) await copyFile(path.join(tantivy.wasm, name), path.join(out, name));
  },
};

const scan: Engine = {
  id: 'scan',
  name: '`String.includes`',
  setting: 'every text looked through for every query',
  whole: true,
  quotes: false,
};

/** In the order in which they are measured: the slowest last. */
export const ENGINES: readonly Engine[] = [souwen, pagefind, tantivy, sqlite, scan, flexsearch, orama, minisearch];

/** The version of an engine as it is installed here. */
export async function versionOf(engine: Engine, program: string): Promise<string> {
  if (engine === souwen) return execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().split(' ').at(-1) ?? '';
  if (!engine.package) return engine.version ?? '';
  return (JSON.parse(await readFile(packageFile(engine.package, 'package.json'), 'utf8')) as { version: string }).version;
}
