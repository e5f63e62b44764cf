import { createHash } from 'node:crypto';

/** A short name for some bytes: the same bytes, the same name. */
export function contentHash(bytes) {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}
