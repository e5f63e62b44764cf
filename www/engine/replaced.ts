import { SouwenError } from './errors.ts';

/**
 * What to say of a file of the runtime that the server has not: the site has been updated since the page was opened,
 * or it never had the file. The bundle's manifest, which lies beside it, tells which.
 */
export async function goneError(url: URL): Promise<SouwenError> {
  if (await isReplaced(url)) {
    return new SouwenError('unsupported-version', `${url.href} is gone: the site has another version of the search by now; reload the page.`);
  }
  return new SouwenError('bundle-not-found', `${url.href} is not there; upload the whole bundle folder.`);
}

async function isReplaced(url: URL): Promise<boolean> {
  try {
    const response = await fetch(new URL('souwen.json', url), { cache: 'no-cache' });
    const { runtime } = (await response.json()) as { runtime: { file: string }[] };
    return runtime.length > 0 && !runtime.some(({ file }) => url.pathname.endsWith(`/${file}`));
  } catch {
    // There is no manifest.
    return false;
  }
}
