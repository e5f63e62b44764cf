/** The worker's file name beside the entry, `./souwen-worker-HASH.js`; set by the build. */
declare const __SOUWEN_WORKER__: string;
/** The wasm module's file name beside the worker, `./souwen-HASH.wasm`; set by the build. */
declare const __SOUWEN_WASM__: string;
/** Its length; set by the build. */
declare const __SOUWEN_WASM_BYTES__: number;
/** The newest content of the demo's page shell, as a short hash; set by the build. */
declare const __DEMO_VERSION__: string;
