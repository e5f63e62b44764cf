import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { insertMultiple, save } from '@orama/orama';
import type { Build } from './build.ts';
import { empty } from './orama.schema.ts';

export const build: Build = async (articles, folder) => {
  const database = empty();
  await insertMultiple(database, articles.map(({ id, title, body }) => ({ id, title, body })), 500);
  await writeFile(path.join(folder, 'index.json'), JSON.stringify(save(database)));
};
