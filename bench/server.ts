/**
 * A static host as good as they come: HTTP/2 over TLS, what compresses is sent in Brotli, ranges are answered, names
 * with a hash may be kept. It counts every byte that it writes to a connection: TLS, heads and bodies, as they are on
 * the wire.
 */
import { createSecureServer } from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { readdir, readFile } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Certificate } from './certificate.ts';
import type { Line } from './line.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** What is sent compressed. The peers' plain indexes are among it, as a publisher would set it up for them. */
const COMPRESSED = new Set(['.html', '.js', '.json', '.wasm', '.db', '.pack']);

/** Files up to this length get the best compression, which reads a megabyte a second; longer ones what a host does on the fly. */
const SMALL = 3_000_000;
const BEST = 11;
const QUICK = 5;

/** Megabytes that may wait to be sent: beyond it Node refuses further requests, and whole indexes take more than its default of 10. */
const WAITING_MB = 1024;

/** In place of a kind of file: what is no body. */
const PROTOCOL = 'TLS and heads';

/** Only isolated pages have the exact clock, in steps of 5 µs. */
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** What has been sent. */
export interface Traffic {
  readonly requests: number;
  readonly bytes: number;
  /** Bytes of bodies by the kind of file, and what TLS, HTTP/2 and the heads take beside them. */
  readonly kinds: ReadonlyMap<string, number>;
}

interface File {
  readonly plain: Buffer;
  readonly brotli: Buffer | null;
}

const compress = promisify(brotliCompress);

export class StaticHost {
  readonly #folder: string;
  readonly #compressed = new Map<string, Buffer>();
  /** What has been read: a host has in memory what is asked for often. */
  readonly #files = new Map<string, File>();
  readonly #server;
  readonly #sockets = new Set<Socket>();
  /** What had been written when it was last asked for, and by connections that are closed. */
  #taken = 0;
  #closed = 0;
  #requests = 0;
  #pending = 0;
  #quietSince = 0;
  #kinds = new Map<string, number>();
  /** What answers go over, if not the loopback alone. */
  line: Line | undefined;

  private constructor(folder: string, { key, cert }: Certificate) {
    this.#folder = folder;
    // HTTP/2 for browsers; whoever intercepts their requests sends them from Node, which speaks HTTP/1.1.
    const options = { key, cert, allowHTTP1: true, maxSessionMemory: WAITING_MB };
    this.#server = createSecureServer(options, (request, response) => void this.#answer(request, response));
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        this.#closed += socket.bytesWritten;
      });
    });
  }

  /** Serves a folder on a free port of this machine. */
  static async start(folder: string, certificate: Certificate): Promise<StaticHost> {
    const host = new StaticHost(folder, certificate);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((entry) => entry.isFile() && COMPRESSED.has(path.extname(entry.name)))) {
      const file = path.join(entry.parentPath, entry.name);
      const plain = await readFile(file);
      const quality = plain.length <= SMALL ? BEST : QUICK;
      const options = { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } };
      host.#compressed.set(file, await compress(plain, options));
    }
    await new Promise<void>((resolve) => host.#server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** What has been sent since this was last called. */
  take(): Traffic {
    const written = [...this.#sockets].reduce((sum, socket) => sum + socket.bytesWritten, this.#closed);
    const bytes = written - this.#taken;
    const bodies = [...this.#kinds.values()].reduce((sum, own) => sum + own, 0);
    const traffic = { requests: this.#requests, bytes, kinds: this.#kinds.set(PROTOCOL, bytes - bodies) };
    this.#taken = written;
    this.#kinds = new Map();
    this.#requests = 0;
    return traffic;
  }

  /** Waits until nothing has been asked for so many milliseconds. */
  async quiet(ms: number): Promise<void> {
    while (this.#pending > 0 || performance.now() - this.#quietSince < ms) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  stop(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #answer(request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
    this.#pending += 1;
    let name = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname.slice(1));
    if (name === '' || name.endsWith('/')) name += 'index.html';
    response.on('close', () => {
      this.#pending -= 1;
      this.#quietSince = performance.now();
      this.#requests += 1;
    });
    const file = await this.#read(path.join(this.#folder, path.normalize(`/${name}`)));
    const deliver = (body: Buffer): void => {
      const kind = path.extname(name).slice(1) || 'other';
      this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + body.length);
      if (this.line) void this.line.end(response, body);
      else response.end(body);
    };
    if (file) send(request, response, deliver, path.extname(name), file);
    else response.writeHead(404).end();
  }

  async #read(name: string): Promise<File | null> {
    const known = this.#files.get(name);
    if (known) return known;
    try {
      const file = { plain: await readFile(name), brotli: this.#compressed.get(name) ?? null };
      this.#files.set(name, file);
      return file;
    } catch {
      return null;
    }
  }
}

function send(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  deliver: (body: Buffer) => void,
  extension: string,
  { plain, brotli }: File,
): void {
  const head: Record<string, string | number> = {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'cache-control': extension === '.html' || extension === '.json' ? 'no-cache' : 'public, max-age=31536000, immutable',
    ...(extension === '.html' || extension === '.js' ? ISOLATION : {}),
  };
  const range = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '');
  if (range) {
    const start = Number(range[1]);
    const end = Math.min(range[2] ? Number(range[2]) : Infinity, plain.length - 1);
    if (start > end) {
      response.writeHead(416, { 'content-range': `bytes */${plain.length}` }).end();
      return;
    }
    const part = plain.subarray(start, end + 1);
    response.writeHead(206, { ...head, 'content-range': `bytes ${start}-${end}/${plain.length}`, 'content-length': part.length });
    deliver(part);
    return;
  }
  const encoded = brotli && /\bbr\b/u.test(String(request.headers['accept-encoding'])) ? brotli : null;
  const body = encoded ?? plain;
  response.writeHead(200, {
    ...head,
    'content-length': body.length,
    ...(encoded ? { 'content-encoding': 'br', vary: 'accept-encoding' } : { 'accept-ranges': 'bytes' }),
  });
  deliver(body);
}
