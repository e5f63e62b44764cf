import { SouwenSearch } from './souwen-search.ts';

/** Registers the element, unless a page that loads the script twice has done so. */
export function define(tagName = 'souwen-search'): void {
  if (customElements.get(tagName)) return;
  SouwenSearch.finalize();
  customElements.define(tagName, SouwenSearch);
}
