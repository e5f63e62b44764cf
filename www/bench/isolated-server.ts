/**
 * A static server whose pages are cross-origin isolated: only there does the browser's clock count in
 * steps of 5 µs, elsewhere in steps of 100 µs.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

export interface IsolatedServer {
  /** With a slash at the end. */
  readonly url: string;
  stop(): void;
}

/** Serves the files of some folders, each under the path it is named by: `/` or `/name/`. */
export async function serveIsolated(folders: Readonly<Record<string, string>>): Promise<IsolatedServer> {
  const mounts = Object.entries(folders).sort(([a], [b]) => b.length - a.length);
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://localhost').pathname;
    const [mount, folder] = mounts.find(([prefix]) => address.startsWith(prefix)) ?? ['/', ''];
    const name = address.slice(mount.length) || 'index.html';
    readFile(path.join(folder, name)).then(
      (body) => {
        const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
        response.writeHead(200, { ...ISOLATION, 'content-type': type, 'cache-control': 'no-store' }).end(body);
      },
      () => response.writeHead(404, ISOLATION).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}
