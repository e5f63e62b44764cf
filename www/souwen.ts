/**
 * The entry that publishers load: it registers `<souwen-search>`, whose `bundle` attribute opens an
 * engine, and exports what the npm package exports.
 */
import { open } from './client.ts';
import type { Engine } from './engine/types.ts';
import { define } from './widget/define.ts';
import { readLanding } from './widget/landing.ts';
import { SouwenSearch } from './widget/souwen-search.ts';

export * from './client.ts';
export type * from './widget/events.ts';
export { messagesFor } from './widget/languages.ts';
export type { Messages } from './widget/messages.ts';
export { SouwenSearch };

const engines = new Map<string, Promise<Engine>>();

/** One engine for each bundle, shared by all elements of the page until it is closed. */
SouwenSearch.opener = (bundle, onProgress) => {
  if (!onProgress) return open(bundle);
  let engine = engines.get(bundle);
  if (!engine) {
    const forget = (): void => {
      if (engines.get(bundle) === engine) engines.delete(bundle);
    };
    engine = open(bundle, { onProgress }).then((opened) => {
      const close = opened.close.bind(opened);
      return Object.assign(opened, {
        close: () => {
          forget();
          close();
        },
      });
    });
    engines.set(bundle, engine);
    engine.catch(forget);
  }
  return engine;
};

define();

// A link of the search has led here: the words are marked in the page.
if (readLanding(location.hash)) void import('./highlight.ts');
