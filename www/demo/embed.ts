/** Embeds the search from another origin, with the digest of every script that it may run. */

/** The same server under its other name is another site to the browser. */
const elsewhere = new URL(location.href);
elsewhere.hostname = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
const bundle = new URL('/search/', elsewhere.origin);

const { content = '{}' } = document.querySelector<HTMLMetaElement>('meta[name=souwen-integrity]') ?? {};
const digests = JSON.parse(content) as Record<string, string>;

/** A module whose bytes must have this digest, whoever imports it. */
function preload(name: string, integrity: string): Promise<void> {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'modulepreload', href: new URL(name, bundle).href, integrity, crossOrigin: 'anonymous' });
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`${name} is not what this page was made with.`));
    document.head.append(link);
  });
}

await Promise.all(Object.entries(digests).map(([name, digest]) => preload(name, digest)));
const script = document.createElement('script');
Object.assign(script, { type: 'module', src: new URL('souwen.js', bundle).href, integrity: digests['souwen.js'] ?? '', crossOrigin: 'anonymous' });
document.head.append(script);
document.getElementById('embedded')?.setAttribute('bundle', bundle.href);

export {};
