/** Articles to search in, out of any JSONL that `souwen build` reads. */
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** An article as every engine gets it. */
export interface Article {
  /** Its number, from 0. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly date?: string;
  readonly section?: string;
}

/** A line of the corpus: as `souwen extract` writes it, or with the text in one string. */
interface Line {
  readonly title?: string;
  readonly body?: string;
  readonly paragraphs?: readonly string[];
  readonly captions?: readonly string[];
  readonly date?: string;
  readonly section?: string;
}

/** Reads a corpus (`.jsonl`, or `.jsonl.gz`), at most so many articles of it. */
export async function readCorpus(file: string, most: number): Promise<Article[]> {
  const bytes = await readFile(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, most).map((line, number) => {
    const { title = '', body, paragraphs = [], captions = [], date, section } = JSON.parse(line) as Line;
    return {
      id: String(number),
      title,
      body: body ?? [...paragraphs, ...captions].join('\n'),
      ...(date ? { date } : {}),
      ...(section ? { section } : {}),
    };
  });
}

/** Writes articles as JSONL, the input of every build. */
export async function writeArticles(file: string, articles: readonly Article[]): Promise<void> {
  await writeFile(file, articles.map((article) => `${JSON.stringify(article)}\n`).join(''));
}

/** Reads what {@link writeArticles} wrote. */
export async function readArticles(file: string): Promise<Article[]> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Article);
}
