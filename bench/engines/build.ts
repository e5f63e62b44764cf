/** What an engine does in Node, in a process of its own whose time and memory are measured. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Article } from '../corpus.ts';
import type { StoredText } from './text.ts';

/** Writes what the page needs into a folder. */
export type Build = (articles: readonly Article[], folder: string) => Promise<void>;

/** Titles and texts by number, for engines that keep none. */
export async function writeTexts(articles: readonly Article[], folder: string): Promise<void> {
  const texts = articles.map(({ title, body }): StoredText => [title, body]);
  await writeFile(path.join(folder, 'texts.json'), JSON.stringify(texts));
}
