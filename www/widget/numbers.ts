/** A number as Chinese and English both group it. */
export const count = (number: number): string => number.toLocaleString('en');

/** Bytes as storage settings show them: `640 KB`, `3.2 MB`. */
export function size(bytes: number): string {
  const kilobytes = bytes / 1000;
  if (kilobytes < 1000) return `${count(Math.ceil(kilobytes))} KB`;
  return `${(kilobytes / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
