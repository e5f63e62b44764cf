/** A server of bundles that misbehaves on cue, in the ways in which hosts, caches and lines do. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** What becomes of a request. */
export type Manner =
  /** There is no such file. */
  | 'gone'
  /** The site's own page, as if that were it. */
  | 'page'
  /** 503. */
  | 'busy'
  /** The connection ends before the response does. */
  | 'cut'
  /** A cache's copy of half a file, which it takes for all of it. */
  | 'short'
  /** Half of it, and then nothing. */
  | 'still'
  /** Nothing at all. */
  | 'silent'
  /** All of it, but the engine breaks as it reads it: see `fragile`. */
  | 'breaking'
  /** A little at a time. */
  | 'slow'
  /** The file as it was in another folder: a cache that has not heard of the deploy. */
  | { readonly from: string };

interface Cue {
  readonly files: RegExp;
  readonly manner: Manner;
  times: number;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** The pages: one for the client alone, one with the element. */
const PAGES: Readonly<Record<string, string>> = {
  '/client.html': '<!doctype html><link rel="icon" href="data:,">',
  '/element.html': `<!doctype html><html lang="zh-CN"><link rel="icon" href="data:,">
    <script type="module" src="search/souwen.js"></script>
    <souwen-search bundle="search/" reader="always"></souwen-search></html>`,
};

/** Before the worker's script: some responses seem to be so long that the engine finds no memory for them, and traps. */
const FRAGILE = `if (!globalThis.fragile) {
  const breaking = new WeakSet();
  const { arrayBuffer } = Response.prototype;
  Response.prototype.arrayBuffer = async function () {
    const buffer = await arrayBuffer.call(this);
    if (this.headers.get('x-breaking')) breaking.add(buffer);
    return buffer;
  };
  const { get } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length');
  const length = { get() { return breaking.has(this.buffer) ? 3e9 : get.call(this); } };
  Object.defineProperty(Uint8Array.prototype, 'length', length);
  globalThis.fragile = true;
}
`;

export class UnrulyServer {
  readonly #server: Server;
  #cues: Cue[] = [];
  /** What it serves under `/search/`. */
  folder: string;
  /** How it answers for what is not there. */
  missing: 'gone' | 'page' = 'gone';
  /** Whether its engine can be broken. */
  fragile = false;
  /** Whether browsers may keep its pages and the files of the runtime, as of a site that is served well. */
  lasting = false;
  /** The names of the files that it was asked for. */
  readonly asked: string[] = [];

  private constructor(folder: string, server: Server) {
    this.folder = folder;
    this.#server = server;
  }

  /** Serves a bundle's folder on a free port, or on one that is given. */
  static async start(folder: string, port = 0): Promise<UnrulyServer> {
    const server = createServer((request, response) => own.#answer(request, response));
    const own = new UnrulyServer(folder, server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return own;
  }

  /** With a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** From now on treats files with such names so, the next so many times. */
  behave(files: RegExp, manner: Manner, times = Infinity): void {
    this.#cues.unshift({ files, manner, times });
  }

  /** Behaves well from now on. */
  calm(): void {
    this.#cues = [];
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', this.url);
    const page = PAGES[pathname];
    const kept = this.lasting && !/\.(?:souwen|json)$/u.test(pathname);
    // Otherwise every request is to meet its cue.
    response.setHeader('cache-control', kept ? 'max-age=3600' : 'no-store');
    if (page !== undefined) return send(response, 200, '.html', Buffer.from(page));
    const name = path.basename(pathname);
    this.asked.push(name);
    const cue = this.#cues.find(({ files, times }) => times > 0 && files.test(name));
    if (cue) cue.times -= 1;
    const manner = cue?.manner;
    if (manner === 'silent') return;
    if (manner === 'busy') return send(response, 503, '.html', Buffer.from('<h1>busy</h1>'));
    const found = manner === 'gone' ? undefined : read(path.join(typeof manner === 'object' ? manner.from : this.folder, name));
    const file = found && this.fragile && name.startsWith('souwen-worker-') ? Buffer.concat([Buffer.from(FRAGILE), found]) : found;
    if (manner === 'page' || (!file && manner !== 'gone' && this.missing === 'page')) {
      return send(response, 200, '.html', Buffer.from('<!doctype html><h1>首页</h1>'));
    }
    if (!file) return send(response, 404, '.html', Buffer.from('<h1>404</h1>'));
    const [, first, last] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? '') ?? [];
    const to = last === undefined ? file.length : Math.min(Number(last) + 1, file.length);
    const body = file.subarray(Number(first ?? 0), to);
    const range = first === undefined ? {} : { 'content-range': `bytes ${first}-${to - 1}/${file.length}` };
    const status = first === undefined ? 200 : 206;
    const half = body.subarray(0, body.length >> 1);
    if (manner === 'short') return send(response, status, path.extname(name), half, range);
    if (manner === 'breaking') response.setHeader('x-breaking', '1');
    if (manner === undefined || manner === 'breaking' || typeof manner === 'object') return send(response, status, path.extname(name), body, range);
    head(response, status, path.extname(name), body.length, range);
    if (manner === 'slow') return void trickle(response, body);
    response.write(half, () => {
      if (manner === 'cut') response.destroy();
    });
  }
}

function head(response: ServerResponse, status: number, extension: string, length: number, more: Record<string, string> = {}): void {
  response.writeHead(status, {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'content-length': length,
    ...more,
  });
}

function send(response: ServerResponse, status: number, extension: string, body: Buffer, more?: Record<string, string>): void {
  head(response, status, extension, body.length, more);
  response.end(body);
}

/** As over a line of 400 kbit/s: 5 KB ten times a second. */
async function trickle(response: ServerResponse, body: Buffer): Promise<void> {
  for (let at = 0; at < body.length; at += 5000) {
    response.write(body.subarray(at, at + 5000));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  response.end();
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
