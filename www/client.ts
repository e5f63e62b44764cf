/** The entry for pages that bring their own search box: everything of the package but the element. */
export { open } from './engine/client.ts';
export type { OpenOptions } from './engine/client.ts';
export { SouwenError } from './engine/errors.ts';
export type { SouwenErrorCode } from './engine/errors.ts';
export type * from './engine/types.ts';
