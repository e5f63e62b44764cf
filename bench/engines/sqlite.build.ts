import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import type { Build } from './build.ts';

export const build: Build = async (articles, folder) => {
  const sqlite = await sqlite3InitModule();
  const database = new sqlite.oo1.DB(':memory:');
  database.exec("CREATE VIRTUAL TABLE article USING fts5(title, body, tokenize='trigram')");
  database.exec('BEGIN');
  const insert = database.prepare('INSERT INTO article(rowid, title, body) VALUES (?, ?, ?)');
  for (const { id, title, body } of articles) insert.bind([Number(id) + 1, title, body]).stepReset();
  insert.finalize();
  database.exec("COMMIT; INSERT INTO article(article) VALUES ('optimize'); VACUUM");
  await writeFile(path.join(folder, 'articles.db'), sqlite.capi.sqlite3_js_db_export(database));
  database.close();
};
