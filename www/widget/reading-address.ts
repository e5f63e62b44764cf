import type { Article } from '../engine/types.ts';
import { safeUrl } from './urls.ts';

const NAME = 'souwen-read';

/** The link to an article that readers pass on: its own page, or this one with the article open. */
export function shareAddress(article: Pick<Article, 'id' | 'url'>, page: string, base: string): string {
  const own = safeUrl(article.url, base);
  if (own) return own;
  const url = new URL(page);
  url.hash = new URLSearchParams({ [NAME]: article.id }).toString();
  return url.href;
}

/** The article that a fragment wants open. */
export function readingOf(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/u, '')).get(NAME) || undefined;
}

/** Hands a link to the device's own way of sharing, or else to the clipboard; what became of it. */
export async function share(title: string, url: string): Promise<'shared' | 'copied' | 'failed'> {
  const { share: hand, clipboard } = navigator as Partial<Navigator>;
  try {
    // With a mouse, to copy is what people expect of it.
    if (hand && matchMedia('(pointer: coarse)').matches) {
      await hand.call(navigator, { title, url });
      return 'shared';
    }
    await clipboard?.writeText(url);
    return clipboard ? 'copied' : 'failed';
  } catch (error) {
    // Whoever closes the device's own sheet has decided so.
    return error instanceof DOMException && error.name === 'AbortError' ? 'shared' : 'failed';
  }
}
