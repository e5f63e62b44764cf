import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { run } from './page.ts';
import { snippet, words } from './text.ts';

/** The shortest string that a trigram index finds. */
const INDEXED = 3;

run(async () => {
  const [sqlite, file] = await Promise.all([
    sqlite3InitModule(),
    fetch('articles.db').then((response) => response.arrayBuffer()),
  ]);
  const { capi, wasm } = sqlite;
  const database = new sqlite.oo1.DB();
  const at = wasm.allocFromTypedArray(new Uint8Array(file));
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_READONLY;
  database.checkRc(capi.sqlite3_deserialize(database.pointer ?? 0, 'main', at, file.byteLength, file.byteLength, flags));

  // Every word as a string; those too short for the index are looked for in the rows that the others leave.
  const find = <T>(columns: string, query: string, limit: number): T[] => {
    const all = words(query);
    const long = all.filter((word) => Array.from(word).length >= INDEXED);
    const short = all.filter((word) => !long.includes(word)).map((word) => `%${word.replace(/[%_\\]/gu, '\\$&')}%`);
    const match = long.map((word) => `"${word}"`).join(' AND ');
    const like = short.map(() => "(title LIKE ? ESCAPE '\\' OR body LIKE ? ESCAPE '\\')");
    const where = [...(match === '' ? [] : ['article MATCH ?']), ...like].join(' AND ') || '0';
    const order = match === '' ? `${short.map(() => "(title LIKE ? ESCAPE '\\')").join(' + ') || '0'} DESC, rowid` : 'bm25(article, 3.0, 1.0)';
    const bind = [...(match === '' ? [] : [match]), ...short.flatMap((word) => [word, word]), ...(match === '' ? short : []), limit];
    return database.selectArrays(`SELECT ${columns} FROM article WHERE ${where} ORDER BY ${order} LIMIT ?`, bind) as T[];
  };
  return {
    search: async (query, limit) =>
      find<[number, string, string]>('rowid, title, body', query, limit).map(([row, title, body]) => ({
        article: row - 1,
        title,
        snippet: snippet(body, query),
      })),
    wasmMemory: () => wasm.heap8u().byteLength,
    all: async (query) => find<[number]>('rowid', query, 1_000_000).map(([row]) => row - 1),
  };
});
