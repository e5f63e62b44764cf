/** The figures as a page of Markdown. */
import { percentile } from '../www/bench/figures.ts';
import type { Measured } from './engine-run.ts';
import type { ColdFigures, QualityFigures, QuerySets } from './measure.ts';
import { method } from './method.ts';
import { ratios } from './ratios.ts';

export interface Run {
  readonly corpus: string;
  readonly articles: number;
  readonly characters: number;
  readonly machine: string;
  /** Of the last minute before the run. */
  readonly load: number;
  readonly chromium: string;
  readonly sets: QuerySets;
  readonly measured: readonly Measured[];
}

/** A column: its head, and what stands in it for an engine; null where the engine has no such figure. */
type Column = readonly [head: string, cell: (one: Measured) => string | null];

export function report(run: Run): string {
  const { measured } = run;
  const of = (...columns: Column[]): string => table(measured, [['', ({ engine }) => engine.name], ...columns]);
  return `${[
    method(run),
    '## How each was set',
    of(['version', ({ version }) => version], ['setting', ({ engine }) => engine.setting]),
    '## Souwen to Pagefind',
    ratios(measured),
    '## The first answer',
    'From the navigation of a tab at rest to ten results with snippets, with empty caches and without developer tools. Bytes are those on the wire, TLS and the heads of the responses included.',
    of(
      ['KB, median', ({ first }) => first && kilobytes(percentile(first.bytes, 50))],
      ['KB, p95', ({ first }) => first && kilobytes(percentile(first.bytes, 95))],
      ['requests', ({ first }) => first && String(percentile(first.requests, 50))],
      ['ms, median', ({ first }) => first && percentile(first.ms, 50).toFixed(0)],
      ['ms, p95', ({ first }) => first && percentile(first.ms, 95).toFixed(0)],
      ['pages', ({ first }) => first && String(first.ms.length)],
    ),
    'Of what those bytes are, for the answer with the median:',
    list(measured, ({ first }) => first && kindsOf(first.kinds)),
    `On a line with 400 ms to the first byte of an answer and 400 kbit/s for all of them (the host waits accordingly; connections
cost nothing). Engines that load everything first would take minutes.`,
    of(
      ['s, median', ({ slow }) => slow && seconds(percentile(slow, 50))],
      ['s, p95', ({ slow }) => slow && seconds(percentile(slow, 95))],
      ['pages', ({ slow }) => slow && String(slow.length)],
    ),
    '## A further query, cold',
    `The second query of a page with empty caches, once the engine is open and has answered one. What is loaded whole before
the first answer loads nothing now.`,
    of(...coldColumns('KB', ({ bytes }) => bytes, kilobytes), [
      'requests',
      ({ cold }) => cold && String(percentile(cold.map(({ requests }) => requests), 50)),
    ]),
    of(...coldColumns('ms', ({ ms }) => ms, (ms) => ms.toFixed(1)), ['queries', ({ cold }) => cold && String(cold.length)]),
    '## Warm queries',
    `The same queries again and again in one page, as the page sees them: ten results with title and snippet, messages to
a worker included where the engine runs in one.`,
    of(
      ...[50, 95, 99].map((at): Column => [`ms, p${at}`, ({ warm }) => warm && percentile(warm.ms, at).toFixed(2)]),
      ['rounds', ({ warm }) => warm && String(warm.rounds)],
      ['memory, MB', ({ warm }) => warm && megabytes(warm.memory)],
    ),
    '## What is found',
    `Random strings: the mean share of the articles with the string that is found (recall), and of what is found that has the
string (precision); in brackets, of how many strings all were found, and of how many nothing else. An article that has the
string only across a blank, or in another form of its characters, counts neither for an engine nor against it. Headlines: the mean
reciprocal rank, among ten, of an article with that headline, or with those words in its headline.`,
    of(
      ['recall', ({ strings }) => strings && share(strings, 'recall', 'complete')],
      ['precision', ({ strings }) => strings && share(strings, 'precision', 'clean')],
      ['recall, quoted', ({ quoted }) => quoted && share(quoted, 'recall', 'complete')],
      ['precision, quoted', ({ quoted }) => quoted && share(quoted, 'precision', 'clean')],
      ['MRR@10, headline', ({ headlines }) => headlines && headlines.mrr.toFixed(3)],
      ['MRR@10, three words', ({ headlineWords }) => headlineWords && headlineWords.mrr.toFixed(3)],
    ),
    '## Bundle and build',
    of(
      ['MB', ({ built }) => built && megabytes(built.bytes)],
      ['files', ({ built }) => built && String(built.files)],
      ['build, s', ({ built }) => built && built.seconds.toFixed(1)],
      ['build memory, MB', ({ built }) => (built?.peak ? megabytes(built.peak) : null)],
    ),
    ...failures(measured),
  ].join('\n\n')}\n`;
}

/** Median and p95 of the reader-like queries, of the random strings, and of all. */
function coldColumns(unit: string, value: (one: ColdFigures) => number, text: (value: number) => string): Column[] {
  const sets: [string, (one: ColdFigures) => boolean][] = [
    ['readers', ({ reader }) => reader],
    ['random', ({ reader }) => !reader],
    ['all', () => true],
  ];
  return sets.flatMap(([name, wanted]) =>
    [50, 95].map((at): Column => [
      `${unit}, ${name}, ${at === 50 ? 'median' : 'p95'}`,
      ({ cold }) => cold && text(percentile(cold.filter(wanted).map(value), at)),
    ]),
  );
}

function share(figures: QualityFigures, mean: 'recall' | 'precision', count: 'complete' | 'clean'): string {
  return `${figures[mean].toFixed(3)} (${figures[count]} of ${figures.strings})`;
}

function kindsOf(kinds: Readonly<Record<string, number>>): string {
  const descending = Object.entries(kinds).sort(([, a], [, b]) => b - a);
  return descending.map(([kind, bytes]) => `\`${kind}\` ${kilobytes(bytes)} KB`).join(', ');
}

function failures(measured: readonly Measured[]): string[] {
  const lines = measured.flatMap(({ engine, failures }) => failures.map((failure) => `- ${engine.name}: ${failure}`));
  return lines.length === 0 ? [] : ['## What did not work', lines.join('\n')];
}

function list(measured: readonly Measured[], text: (one: Measured) => string | null): string {
  return measured.flatMap((one) => (text(one) ? [`- ${one.engine.name}: ${text(one)}`] : [])).join('\n');
}

function table(measured: readonly Measured[], columns: readonly Column[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(columns.map(([head]) => head)),
    row(columns.map(([head]) => (head === '' || head === 'setting' || head === 'version' ? '---' : '--:'))),
    ...measured.map((one) => row(columns.map(([, cell]) => cell(one) ?? '–'))),
  ].join('\n');
}

function kilobytes(bytes: number): string {
  const value = bytes / 1000;
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
