/** The least value that so many per cent of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  const rank = Math.ceil((percent / 100) * ascending.length);
  return ascending[Math.max(0, rank - 1)] ?? Number.NaN;
}

/** `median 0.123 ms, p95 0.456 ms, p99 0.789 ms` */
export function spread(milliseconds: readonly number[]): string {
  const at = (percent: number): string => `${percentile(milliseconds, percent).toFixed(3)} ms`;
  return `median ${at(50)}, p95 ${at(95)}, p99 ${at(99)}`;
}

/** How many columns of a terminal a text takes: Chinese characters and their punctuation take two. */
function width(text: string): number {
  return Array.from(text).reduce((sum, one) => sum + (/[\p{Script=Han}，、：；（）《》]/u.test(one) ? 2 : 1), 0);
}

/** Rows of text as a table, the first row its head; columns of figures stand at the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ''));
  const widths = columns.map((cells) => Math.max(...cells.map(width)));
  const figures = columns.map(([, ...cells]) => cells.every((cell) => /^[\d.]+$/u.test(cell)));
  const cell = (text: string, column: number): string => {
    const space = ' '.repeat((widths[column] ?? 0) - width(text));
    return figures[column] ? space + text : text + space;
  };
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
