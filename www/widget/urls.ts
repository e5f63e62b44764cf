/**
 * The address to open for a `url` out of the data, resolved against the page; nothing unless it is
 * http or https. So `javascript:` and `data:` never reach an `href`.
 */
export function safeUrl(url: string | null | undefined, base: string): string | undefined {
  if (!url) return undefined;
  try {
    const { protocol, href } = new URL(url, base);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}
