import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The wasm package of the runtime. */
export const PACKAGE = path.resolve(import.meta.dirname, '../pkg');

/** The name of a bundle's wasm file, which must be the one that the package's glue belongs to. */
export async function wasmOf(bundle: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(bundle, 'souwen.json'), 'utf8')) as {
    runtime: { file: string; sha256: string }[];
  };
  const file = manifest.runtime.find((one) => one.file.endsWith('.wasm'));
  const digest = createHash('sha256').update(await readFile(path.join(PACKAGE, 'souwen_bg.wasm'))).digest('hex');
  if (file?.sha256 !== digest) throw new Error('The program carries another wasm file than www/pkg: build both (cargo xtask latency does).');
  return file.file;
}
