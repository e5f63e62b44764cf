/** The worker's file name beside the entry, `./souwen-worker-HASH.js`; set by the build. */
declare const __SOUWEN_WORKER__: string;
/** The wasm files beside the worker, `./souwen-HASH.wasm` and `./souwen-more-HASH.wasm`; set by the build. */
declare const __SOUWEN_WASM__: readonly { readonly name: string; readonly bytes: number }[];
/** The newest content of the demo's page shell, as a short hash; set by the build. */
declare const __DEMO_VERSION__: string;
/** The demo's pages and what they need, relative to the site; set by the build. */
declare const __DEMO_SHELL__: readonly string[];
