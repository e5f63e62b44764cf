/** The demo's service worker: the search's own does all there is to do. */
declare function souwenServe(options: SouwenServeOptions): void;

importScripts('./search/souwen-sw.js');
souwenServe({ bundle: './search/', shell: __DEMO_SHELL__, version: __DEMO_VERSION__, offline: './' });
