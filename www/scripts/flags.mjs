import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const MANIFEST = fileURLToPath(new URL('../../Cargo.toml', import.meta.url));

/** What `wasm-opt` is told for a bundle's runtime, less that it is to keep the functions' names. */
export async function wasmOptFlags() {
  const manifest = await readFile(MANIFEST, 'utf8');
  const [, list] = /profile\.custom\]\nwasm-opt = \[([^\]]*)\]/u.exec(manifest);
  return [...list.matchAll(/"([^"]*)"/gu)].map(([, flag]) => flag).filter((flag) => flag !== '-g');
}
