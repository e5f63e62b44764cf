/**
 * The part of a site's service worker that makes the search work without a network. The site's own
 * worker loads it (`importScripts('/search/souwen-sw.js')`, or `import` where that is a module) and calls
 * `souwenServe()`. It answers for the bundle and for the pages named as its shell, and for nothing
 * else; the site's own listeners see all the rest.
 */
// A service worker's scope; the compiler's library types `self` as any worker's.
const worker = self as unknown as ServiceWorkerGlobalScope;

const SHELL_PREFIX = 'souwen-shell-';
const RUNTIME = 'souwen-runtime';

/** Names that stay the same from deploy to deploy: the network's word comes first. */
const FIXED: ReadonlySet<string> = new Set(['souwen.json', 'souwen.js', 'souwen-client.js', 'souwen-highlight.js', 'souwen-sw.js']);

interface Kept {
  readonly bundle: URL;
  readonly shell: readonly string[];
  readonly cache: string;
  readonly offline: string | undefined;
}

/** Serves the bundle and the shell, from the next visit on without a network, too. */
function souwenServe(options: SouwenServeOptions): void {
  if (options.off) return switchOff();
  const at = (path: string): string => new URL(path, worker.registration.scope).href;
  const kept: Kept = {
    bundle: new URL(at(options.bundle)),
    shell: (options.shell ?? []).map(at),
    cache: `${SHELL_PREFIX}${options.version ?? ''}`,
    offline: options.offline === undefined ? undefined : at(options.offline),
  };
  worker.addEventListener('install', (event) => {
    event.waitUntil(Promise.all([keepShell(kept), keepRuntime(kept)]).then(() => worker.skipWaiting()));
  });
  worker.addEventListener('activate', (event) => {
    const old = (name: string): boolean => name.startsWith(SHELL_PREFIX) && name !== kept.cache;
    event.waitUntil(dropCaches(old).then(() => worker.clients.claim()));
  });
  worker.addEventListener('fetch', (event) => {
    const answer = answerFor(event.request, kept);
    if (!answer) return;
    event.respondWith(answer);
    // An answer can be given once: what the site's worker has for everything else is not for this.
    event.stopImmediatePropagation();
  });
}

/** The kill switch: this worker answers nothing, forgets all it kept, and goes. */
function switchOff(): void {
  worker.addEventListener('install', () => void worker.skipWaiting());
  worker.addEventListener('activate', (event) => {
    const own = (name: string): boolean => name.startsWith(SHELL_PREFIX) || name === RUNTIME;
    event.waitUntil(dropCaches(own).then(() => worker.registration.unregister()));
  });
}

/** The answer, where it is ours to give. */
function answerFor(request: Request, kept: Kept): Promise<Response> | undefined {
  if (request.method !== 'GET') return undefined;
  const { href } = kept.bundle;
  if (request.url.startsWith(href)) {
    const [name = ''] = request.url.slice(href.length).split(/[?#]/u);
    if (request.headers.has('range')) return ranged(request);
    // The engine asks past the caches where a kept copy was bad.
    return FIXED.has(name) || request.cache === 'no-cache' ? networkFirst(request) : cacheFirst(request);
  }
  const [url = ''] = request.url.split(/[?#]/u);
  const inShell = kept.shell.includes(url);
  if (inShell) return shell(request, url, kept);
  return request.mode === 'navigate' && kept.offline !== undefined ? navigation(request, kept.offline) : undefined;
}

async function keepShell({ shell: urls, cache }: Kept): Promise<void> {
  const opened = await caches.open(cache);
  await opened.addAll(urls.map((url) => new Request(url, { cache: 'reload' })));
}

async function keepRuntime({ bundle }: Kept): Promise<void> {
  const manifest = new URL('souwen.json', bundle);
  const response = await fetch(manifest, { cache: 'no-cache' });
  const { runtime } = (await response.json()) as { runtime: { file: string }[] };
  const cache = await caches.open(RUNTIME);
  const current = [manifest.href, ...runtime.map(({ file }) => new URL(file, bundle).href)];
  await cache.addAll(current);
  // What earlier deploys left.
  const old = (await cache.keys()).filter(({ url }) => url.startsWith(bundle.href) && !current.includes(url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

async function dropCaches(unwanted: (name: string) => boolean): Promise<void> {
  const names = (await caches.keys()).filter(unwanted);
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function shell(request: Request, url: string, { cache }: Kept): Promise<Response> {
  const opened = await caches.open(cache);
  return (await opened.match(url)) ?? fetch(request);
}

/** A page that is not of the shell comes from the network; without one, a page that says so. */
async function navigation(request: Request, offline: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(offline);
    if (kept) return kept;
    throw error;
  }
}

async function cacheFirst(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  await keep(request, response);
  return response;
}

async function networkFirst(request: Request): Promise<Response> {
  try {
    // Without a network there is nothing to wait for.
    if (!navigator.onLine) throw new TypeError('There is no network.');
    const response = await fetch(request);
    await keep(request, response);
    return response;
  } catch (error) {
    const kept = (await manifestOfWhole(request)) ?? (await caches.match(request));
    if (kept) return kept;
    throw error;
  }
}

/**
 * The manifest of the deploy that was downloaded whole, if a manifest is asked for: without a network it answers everything,
 * and one that was opened later does not. The engine keeps it behind the names of its files.
 */
async function manifestOfWhole({ url }: Request): Promise<Response | undefined> {
  if (!url.endsWith('/souwen.json')) return undefined;
  const kept = await caches.match(new URL('souwen-whole.txt', url));
  const [, manifest] = (await kept?.text())?.split('\0') ?? [];
  return manifest === undefined ? undefined : new Response(manifest, { headers: { 'content-type': 'application/json' } });
}

/** Keeps a file of the runtime; the index is kept by the engine. */
async function keep(request: Request, response: Response): Promise<void> {
  if (response.status !== 200 || request.url.endsWith('.souwen')) return;
  const cache = await caches.open(RUNTIME);
  await cache.put(request, response.clone());
}

/** A range of a file that has been downloaded whole, perhaps by another tab, needs no network. */
async function ranged(request: Request): Promise<Response> {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.get('range') ?? '') ?? [];
  const kept = first && last ? await caches.match(request.url) : undefined;
  if (!kept) return fetch(request);
  const whole = await kept.blob();
  const end = Math.min(Number(last) + 1, whole.size);
  const part = whole.slice(Number(first), end);
  const headers = { 'content-range': `bytes ${first}-${end - 1}/${whole.size}`, 'content-type': 'application/octet-stream' };
  return new Response(part, { status: 206, headers });
}

Object.assign(worker, { souwenServe });
