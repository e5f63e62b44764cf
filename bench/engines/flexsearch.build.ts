import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Index } from 'flexsearch';
import { writeTexts } from './build.ts';
import type { Build } from './build.ts';
import { options } from './flexsearch.options.ts';
import type { Part } from './flexsearch.options.ts';

export const build: Build = async (articles, folder) => {
  const index = new Index(options);
  // What stands first weighs most with it: the title before the text.
  for (const { id, title, body } of articles) index.add(Number(id), `${title}\n${body}`);
  const parts: Part[] = [];
  await index.export(async (key, data) => {
    parts.push([key, data]);
  });
  await writeFile(path.join(folder, 'index.json'), JSON.stringify(parts));
  await writeTexts(articles, folder);
};
