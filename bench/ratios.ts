/** Souwen's figures as shares of Pagefind's, with the most that each may be. */
import { percentile } from '../www/bench/figures.ts';
import type { Measured } from './engine-run.ts';

interface Ratio {
  readonly name: string;
  readonly most: number;
  readonly value: (one: Measured) => number | null | undefined;
}

const cold = ({ cold }: Measured, at: number): number | null => cold && percentile(cold.map(({ bytes }) => bytes), at);

const RATIOS: readonly Ratio[] = [
  { name: 'bytes before the first answer', most: 0.5, value: ({ first }) => first && percentile(first.bytes, 50) },
  { name: 'bytes of a further cold query, median', most: 0.5, value: (one) => cold(one, 50) },
  { name: 'bytes of a further cold query, p95', most: 0.5, value: (one) => cold(one, 95) },
  { name: 'time to the first answer', most: 0.6, value: ({ first }) => first && percentile(first.ms, 50) },
  { name: 'warm latency, p50', most: 0.2, value: ({ warm }) => warm && percentile(warm.ms, 50) },
  { name: 'warm latency, p99', most: 0.2, value: ({ warm }) => warm && percentile(warm.ms, 99) },
  { name: 'bundle bytes', most: 0.4, value: ({ built }) => built?.bytes },
  { name: 'bundle files', most: 0.25, value: ({ built }) => built?.files },
  { name: 'build time', most: 0.2, value: ({ built }) => built?.seconds },
  { name: 'peak memory of the build', most: 0.1, value: ({ built }) => built?.peak },
];

/** The table; a sentence in its place where one of the two was not measured. */
export function ratios(measured: readonly Measured[]): string {
  const souwen = measured.find(({ engine }) => engine.id === 'souwen');
  const pagefind = measured.find(({ engine }) => engine.id === 'pagefind');
  if (!souwen || !pagefind) return 'Not both were measured in this run.';
  const rows = RATIOS.map(({ name, most, value }) => {
    const [own, peer] = [value(souwen), value(pagefind)];
    if (own == null || !peer) return `| ${name} | – | ${most} | |`;
    return `| ${name} | ${(own / peer).toFixed(3)} | ${most} | ${own / peer <= most ? 'yes' : '**no**'} |`;
  });
  return ['| figure | ratio | at most | kept |', '| --- | --: | --: | --- |', ...rows].join('\n');
}
