/**
 * Builds the demo newspaper's site into `dist-demo/`. Its bundle is not part of that: `souwen build`
 * writes it to `dist-demo/search/`, which is left alone here.
 */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { contentHash } from './hash.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = path.join(root, 'dist-demo');
const COPIED = ['index.html', 'demo.css', 'favicon.svg'];
/** What is there without a network, from the first visit on. */
const SHELL = ['./', './demo.css', './demo.js', './favicon.svg'];

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: ['chrome90', 'firefox90', 'safari15'],
  logLevel: 'warning',
};

await mkdir(out, { recursive: true });
for (const name of COPIED) await cp(path.join(root, 'demo', name), path.join(out, name));
await build({ ...common, entryPoints: ['demo/demo.ts'], outfile: path.join(out, 'demo.js') });

// The service worker's own bytes must change whenever the page does: browsers look at nothing else.
const parts = await Promise.all([...COPIED, 'demo.js'].map((name) => readFile(path.join(out, name))));
const version = contentHash(Buffer.concat(parts));
await build({
  ...common,
  format: 'iife',
  entryPoints: ['demo/sw/demo-sw.ts'],
  outfile: path.join(out, 'demo-sw.js'),
  define: { __DEMO_VERSION__: JSON.stringify(version), __DEMO_SHELL__: JSON.stringify(SHELL) },
});
console.log(`dist-demo/ ${version}`);
