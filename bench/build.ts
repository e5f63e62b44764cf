/** Building an engine's files by the clock, and the page that asks it. */
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build as bundle } from 'esbuild';
import type { BuildInput, Engine } from './engines/index.ts';
import { runMeasured } from './process.ts';

export interface Built {
  readonly seconds: number;
  /** The largest resident set of a process, in bytes; null where it cannot be read. */
  readonly peak: number | null;
  /** Of everything that must be on the host, the page itself left out. */
  readonly files: number;
  readonly bytes: number;
}

/** The page that runs an engine, which no publisher would put on the host. */
export const PAGE = 'index.html';

/** Makes the folder to serve. */
export async function buildEngine(engine: Engine, input: BuildInput, limitMs: number): Promise<Built> {
  for (const folder of [input.out, input.scratch]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  await engine.prepare?.(input);
  const child = path.join(import.meta.dirname, 'build-child.mjs');
  const command = engine.command?.(input) ?? [process.execPath, '--max-old-space-size=16384', child, engine.id, input.file, input.out];
  const { seconds, peak } = await runMeasured(command, limitMs);
  await engine.finish?.(input);
  await bundle({
    absWorkingDir: path.resolve(import.meta.dirname, '..'),
    entryPoints: { page: `engines/${engine.id}.page.ts` },
    outdir: input.out,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  const sizes = await sizesOf(input.out);
  await writeFile(
    path.join(input.out, PAGE),
    `<!doctype html><html lang="zh"><meta charset="utf-8"><link rel="icon" href="data:,">
<script type="module" src="page.js"></script></html>
`,
  );
  return { seconds, peak, files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function sizesOf(folder: string): Promise<number[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(async (entry) => (await stat(path.join(entry.parentPath, entry.name))).size));
}
