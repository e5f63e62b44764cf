/**
 * Builds the runtime that every bundle carries, into `dist/`:
 *
 *   souwen-HASH.wasm        the engine
 *   souwen-worker-HASH.js   owns the engine; knows the wasm file's name
 *   souwen-HASH.js          client and element; knows the worker's name
 *   souwen.js               the fixed name that pages load; passes on to souwen-HASH.js
 *   runtime.json            all of these, with their sizes
 *
 * Every name but the last two is made of the file's content, so the files can be cached for ever.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { contentHash } from './hash.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = path.join(root, 'dist');
const wasmPackage = path.resolve(root, process.env.SOUWEN_PKG ?? 'pkg');

const common = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  // The oldest browsers that can run the wasm file at all.
  target: ['chrome90', 'firefox90', 'safari15'],
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** The one file that esbuild made. */
async function bundle(options) {
  const { outputFiles } = await build({ ...common, ...options });
  return outputFiles[0].contents;
}

async function main() {
  const wasm = await readPackage('souwen_bg.wasm');
  await readPackage('souwen.js');
  const files = new Map();
  const add = (stem, extension, bytes) => {
    const name = `${stem}-${contentHash(bytes)}.${extension}`;
    files.set(name, bytes);
    return `./${name}`;
  };

  const wasmName = add('souwen', 'wasm', wasm);
  const worker = await bundle({
    entryPoints: ['engine/worker.ts'],
    alias: { 'souwen-wasm': path.join(wasmPackage, 'souwen.js') },
    define: { __SOUWEN_WASM__: JSON.stringify(wasmName), __SOUWEN_WASM_BYTES__: String(wasm.length) },
  });
  const workerName = add('souwen-worker', 'js', worker);
  const entry = await bundle({
    entryPoints: ['souwen.ts'],
    define: { __SOUWEN_WORKER__: JSON.stringify(workerName) },
  });
  const entryName = add('souwen', 'js', entry);
  files.set('souwen.js', Buffer.from(`export * from '${entryName}';\n`));

  const list = [...files].map(([name, bytes]) => ({ name, bytes: bytes.length }));
  list.sort((a, b) => (a.name < b.name ? -1 : 1));
  files.set('runtime.json', Buffer.from(`${JSON.stringify({ files: list }, null, 2)}\n`));

  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const [name, bytes] of files) {
    await writeFile(path.join(out, name), bytes);
    const gzip = gzipSync(bytes, { level: 9 }).length;
    console.log(`${name.padEnd(32)} ${String(bytes.length).padStart(8)} bytes ${String(gzip).padStart(8)} gzip`);
  }
}

async function readPackage(name) {
  const file = path.join(wasmPackage, name);
  try {
    return await readFile(file);
  } catch {
    throw new Error(`${path.relative(process.cwd(), file)} is missing: build the wasm package first (cargo xtask demo does).`);
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
