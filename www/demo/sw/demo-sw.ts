/**
 * Serves the demo site without a network after the first visit: the page from a cache of its own
 * version, the bundle's runtime from another. The index's parts are kept by the engine itself.
 */
// A service worker's scope; the compiler's library types `self` as any worker's.
const worker = self as unknown as ServiceWorkerGlobalScope;

const SHELL_PREFIX = 'tangchuan-page-';
const SHELL_CACHE = `${SHELL_PREFIX}${__DEMO_VERSION__}`;
const RUNTIME_CACHE = 'tangchuan-runtime';
const SHELL = ['./', './demo.css', './demo.js', './favicon.svg'];

const BUNDLE = new URL('./search/', worker.registration.scope);
const MANIFEST = new URL('souwen.json', BUNDLE);
const ENTRY = new URL('souwen.js', BUNDLE);

worker.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([keepShell(), keepRuntime()]).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOldShells().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  // The two files with fixed names say which hashed files are current: the network's word comes first.
  // It does, too, for what the engine asks for again because a kept copy was bad.
  const current = url.href === MANIFEST.href || url.href === ENTRY.href || request.cache === 'no-cache';
  if (current && url.href.startsWith(BUNDLE.href)) event.respondWith(networkFirst(request));
  else if (url.href.startsWith(BUNDLE.href)) event.respondWith(cacheFirst(request));
  else event.respondWith(shell(request));
});

async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: 'reload' })));
}

async function keepRuntime(): Promise<void> {
  const response = await fetch(MANIFEST, { cache: 'no-cache' });
  const { runtime } = (await response.json()) as { runtime: { file: string }[] };
  const cache = await caches.open(RUNTIME_CACHE);
  const current = [MANIFEST.href, ...runtime.map(({ file }) => new URL(file, BUNDLE).href)];
  await cache.addAll(current);
  // What earlier deploys left.
  const old = (await cache.keys()).filter((request) => !current.includes(request.url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

async function dropOldShells(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(SHELL_PREFIX) && name !== SHELL_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function shell(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL_CACHE);
  return (await cache.match(request, { ignoreSearch: request.mode === 'navigate' })) ?? fetch(request);
}

async function cacheFirst(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  await keep(request, response);
  return response;
}

/** Keeps a file of the runtime; the index is kept by the engine. */
async function keep(request: Request, response: Response): Promise<void> {
  if (response.status !== 200 || request.url.endsWith('.souwen')) return;
  const cache = await caches.open(RUNTIME_CACHE);
  await cache.put(request, response.clone());
}

async function networkFirst(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    await keep(request, response);
    return response;
  } catch (error) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw error;
  }
}
