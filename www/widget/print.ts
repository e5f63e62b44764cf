/**
 * Prints one article and nothing of the page: in a frame of its own, which takes a copy of the nodes.
 * The page's style sheets are not touched, and no HTML is parsed.
 */
const SHEET = `
  @page { margin: 20mm }
  body { font: 12pt/1.8 serif; color: #000 }
  h2 { font-size: 18pt; line-height: 1.4; margin: 0 }
  article > p { text-indent: 2em; margin: 0 0 .5em; text-align: justify }
  header p, aside, footer { color: #444; font-size: 10pt }
  header { margin-block-end: 1em }
  span, time { margin-inline-end: 1em }
  table { border-collapse: collapse; margin-block-end: 1em }
  th, td { border: 1px solid #888; padding: 2pt 6pt; font-weight: normal; text-align: start }
  mark { background: none; text-decoration: underline; color: inherit }
`;

export function printArticle(article: Element, title: string, language: string): void {
  const frame = document.createElement('iframe');
  frame.setAttribute('aria-hidden', 'true');
  frame.hidden = true;
  document.body.append(frame);
  const inner = frame.contentDocument;
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!inner || !view) return frame.remove();
  inner.title = title;
  inner.documentElement.lang = language;
  try {
    const sheet = new view.CSSStyleSheet();
    // In browsers without constructable sheets the article is printed as plain as can be.
    void sheet.replaceSync(SHEET);
    inner.adoptedStyleSheets = [sheet];
  } catch {
    // As said.
  }
  inner.body.append(inner.importNode(article, true));
  view.addEventListener('afterprint', () => frame.remove());
  const { activeElement } = article.getRootNode() as ShadowRoot | Document;
  view.focus();
  view.print();
  // The reader's keys are not the frame's.
  window.focus();
  if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true });
  // Where `print()` returns at once and no event tells of its end, the frame stays for a while.
  setTimeout(() => frame.remove(), 60_000);
}
