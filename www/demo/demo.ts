/** Wires the demo newspaper's page to the search in its masthead. */
import type { Article, Engine, Hit } from '../engine/types.ts';
import type { SouwenSearch } from '../widget/souwen-search.ts';
import { layOut, leadCandidates } from './edition.ts';
import { frontPage, longDate, sectionLinks } from './front-page.ts';

/** So many of the newest articles are laid out on the front page. */
const FRONT_PAGE_ARTICLES = 60;
/** The longest of so many of the newest day's articles leads. */
const LEAD_CANDIDATES = 6;

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

function searchElement(): SouwenSearch {
  const found = document.querySelector('souwen-search');
  if (!found) throw new Error('The page has no <souwen-search>.');
  return found;
}

async function fillFrontPage(engine: Engine): Promise<void> {
  const { hits } = await engine.search('', { sort: 'date', limit: FRONT_PAGE_ARTICLES });
  const lead = await chooseLead(engine, leadCandidates(hits, LEAD_CANDIDATES));
  const edition = layOut(
    hits,
    hits.find((hit) => hit.id === lead?.id),
  );
  const page = byId('front-page');
  page.replaceChildren(frontPage(edition, lead));
  page.removeAttribute('aria-busy');
  byId('sections').replaceChildren(...sectionLinks(edition));
  if (edition.date) byId('issue-date').textContent = longDate(edition.date);
}

/** The longest of some articles. */
async function chooseLead(engine: Engine, candidates: readonly Hit[]): Promise<Article | undefined> {
  const articles = await Promise.all(candidates.map((hit) => engine.document(hit.id)));
  const length = (article: Article): number => article.paragraphs.join('').length;
  return articles.sort((a, b) => length(b) - length(a))[0];
}

/** Keeps page and bundle, so that the next visit needs no network. */
async function keepForOffline(engine: Engine): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('./demo-sw.js');
  await navigator.serviceWorker.ready;
  await engine.download();
  byId('offline').hidden = false;
}

async function main(): Promise<void> {
  await customElements.whenDefined('souwen-search');
  const search = searchElement();
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-query]')) {
    button.addEventListener('click', () => {
      search.focus();
      void search.search(button.dataset['query'] ?? '');
    });
  }
  try {
    const engine = await search.whenReady();
    await fillFrontPage(engine);
    await keepForOffline(engine);
  } catch (error) {
    const page = byId('front-page');
    page.removeAttribute('aria-busy');
    // The reader is told what to do, the publisher what it was.
    console.error(error);
    if (page.querySelector('article')) return;
    const notice = document.createElement('p');
    notice.className = 'notice';
    notice.textContent = '报道没有取到。请检查网络，然后刷新页面。';
    page.replaceChildren(notice);
  }
}

void main();
