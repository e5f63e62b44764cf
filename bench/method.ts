/** The report's opening: what was done. */
import { RANDOM_KINDS, READER_KINDS } from './queries.ts';
import type { Query } from './queries.ts';
import type { Run } from './report.ts';

export function method({ corpus, articles, characters, machine, load, chromium, sets }: Run): string {
  return `# Benchmarks

Written by \`cargo xtask bench\`, which measures all of it in one run; any JSONL corpus will do (\`--corpus FILE\`).

- **Corpus**: ${corpus}, ${articles} articles, ${(characters / 1e6).toFixed(1)} million characters.
- **Machine**: ${machine}; load average when the run began: ${load.toFixed(1)}. Chromium ${chromium}, headless. Server and browser on the same machine, HTTP/2 over TLS over loopback.
- **Server**: a static host that sends JS, JSON, HTML, wasm and the peers' plain index files in Brotli (quality 11; 5 above 3 MB), \
answers ranges, and counts what it writes to its connections, TLS included.
- **Pages**: one for each engine, with its public API and nothing else; each shows ten results with title and snippet. Engines that make no \
snippets cut one of 120 characters out of the stored text. “Empty caches” is a new browser profile.
- **Queries**, drawn from the articles with a fixed seed, the same for all: ${counts(sets.first)} first answers; \
${counts(sets.cold)} cold queries, half of them like a reader's (${READER_KINDS.join(', ')}), \
half of them random strings (${RANDOM_KINDS.join(', ')}); ${counts(sets.warm)} warm ones of the same kinds; \
${counts(sets.strings)} random strings, ${sets.headlines.length} headlines and ${sets.headlineWords.length} times three words of a headline for what is found. \
An engine that takes very long gets fewer; the tables say how many. Quotation marks are used only where the peer knows them.
- **Build**: in a process of its own, from JSONL (Pagefind: from HTML pages that were written before). Memory is the largest resident set of any one process. \
Memory in the browser is the JS heap after a collection and the wasm memory of the page and its workers.
- **Bundle**: every file that the host must have, uncompressed, library included; the articles' own pages do not count.

Times vary from run to run, and are longer where other work runs beside (the load average tells); bytes do not.`;
}

function counts(queries: readonly Query[]): string {
  return String(queries.length);
}
