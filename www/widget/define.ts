import { SouwenSearch } from './souwen-search.ts';

/** Registers the element, unless a page that loads the script twice has done so. */
export function define(tagName = 'souwen-search'): void {
  if (!customElements.get(tagName)) customElements.define(tagName, SouwenSearch);
}
