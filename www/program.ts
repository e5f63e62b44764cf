/** The `souwen` program, for tests and benches that need bundles of their own. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** The five newspaper pages, where they are kept beside the repository. */
export const PAGES = path.resolve(root, '../shared/corpus/newspaper-pages');

/** Ten thousand real articles, where they are kept beside the repository. */
export const NEWS = path.resolve(root, '../shared/corpus/news-10k.jsonl.gz');

/** The demo newspaper's own pages. */
export const CORPUS = path.join(root, 'corpus');

/** `$SOUWEN_BIN`, or else the release build, the debug build, or one that is installed. */
export function program(): string {
  const target = path.resolve(root, process.env['CARGO_TARGET_DIR'] ?? 'target');
  const name = process.platform === 'win32' ? 'souwen.exe' : 'souwen';
  const builds = ['release', 'debug'].map((profile) => path.join(target, profile, name));
  return process.env['SOUWEN_BIN'] ?? builds.find((file) => existsSync(file)) ?? 'souwen';
}

/** Builds a bundle, by the settings of a file if one is given, with the program's own runtime or `$SOUWEN_RUNTIME`. */
export function buildBundle(input: string, out: string, config?: string): void {
  const settings = config === undefined ? [] : ['--config', config];
  const runtime = process.env['SOUWEN_RUNTIME'] ? ['--runtime', process.env['SOUWEN_RUNTIME']] : [];
  const { status, stderr, error } = spawnSync(program(), ['build', input, '--out', out, ...settings, ...runtime], { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`souwen build ${input} ended with ${status}: ${stderr}`);
}

/** A folder being served. */
export interface Served {
  /** With a slash at the end. */
  readonly url: string;
  stop(): void;
}

/** Serves a folder on a free port. */
export function serve(folder: string): Promise<Served> {
  const server = spawn(program(), ['serve', folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    server.on('error', reject);
    server.on('exit', (status) => reject(new Error(`souwen serve ended with ${status}.`)));
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /http:\/\/\S+\//u.exec(said)?.[0];
      if (url) resolve({ url, stop: () => server.kill() });
    });
  });
}
