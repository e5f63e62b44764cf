import path from 'node:path';

/** The wasm package of the runtime. */
export const PACKAGE = path.resolve(import.meta.dirname, '../pkg');

/** Its module, where the package is served under `/pkg/`: the one of which a bundle has two parts. */
export const WASM = '/pkg/souwen_bg.wasm';
