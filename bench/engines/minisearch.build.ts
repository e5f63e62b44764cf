import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import MiniSearch from 'minisearch';
import type { Build } from './build.ts';
import { options } from './minisearch.options.ts';

export const build: Build = async (articles, folder) => {
  const index = new MiniSearch(options);
  index.addAll(articles);
  await writeFile(path.join(folder, 'index.json'), JSON.stringify(index));
};
