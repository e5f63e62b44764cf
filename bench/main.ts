/** `cargo xtask bench` after it has built what it needs: measures every engine, then writes the report. */
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readCorpus, writeArticles } from './corpus.ts';
import type { Article } from './corpus.ts';
import { ENGINES, versionOf } from './engines/index.ts';
import type { Measured } from './engine-run.ts';
import { runEngine } from './engine-run.ts';
import { machine } from './machine.ts';
import type { QuerySets } from './measure.ts';
import { Draws, inTurn } from './queries.ts';
import { report } from './report.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    articles: { type: 'string' },
    peers: { type: 'string' },
    out: { type: 'string' },
    work: { type: 'string' },
    souwen: { type: 'string' },
    'tantivy-program': { type: 'string', default: '' },
    'tantivy-wasm': { type: 'string', default: '' },
  },
});

function needed(name: 'corpus' | 'out' | 'work' | 'souwen'): string {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is needed; cargo xtask bench gives it.`);
  return path.resolve(value);
}

function setsOf(articles: readonly Article[]): QuerySets {
  const draws = new Draws(articles);
  return {
    first: draws.reader(5),
    cold: inTurn([draws.reader(12), draws.random(12)]),
    warm: [...draws.reader(20), ...draws.random(20)],
    strings: draws.random(25),
    headlines: draws.headlines(100),
    headlineWords: draws.headlineWords(100),
  };
}

const work = needed('work');
const corpus = needed('corpus');
await mkdir(work, { recursive: true });
const articles = await readCorpus(corpus, values.articles === undefined ? Infinity : Number(values.articles));
const file = path.join(work, 'articles.jsonl');
await writeArticles(file, articles);
const sets = setsOf(articles);

const wanted = values.peers?.split(',');
const unknown = wanted?.find((id) => !ENGINES.some((engine) => engine.id === id));
if (unknown !== undefined) throw new Error(`No such peer: ${unknown}. There are ${ENGINES.map(({ id }) => id).join(', ')}.`);
const engines = ENGINES.filter(({ id }) => id === 'souwen' || !wanted || wanted.includes(id));

const [load = 0] = os.loadavg();
const characters = articles.reduce((sum, { title, body }) => sum + Array.from(title + body).length, 0);
const measured: Measured[] = [];
for (const engine of engines) {
  const input = {
    articles,
    file,
    scratch: path.join(work, 'scratch', engine.id),
    out: path.join(work, 'served', engine.id),
    souwen: needed('souwen'),
    tantivy: { program: values['tantivy-program'], wasm: values['tantivy-wasm'] },
  };
  measured.push(await runEngine(engine, await versionOf(engine, input.souwen), input, sets));
  // After each of them: an interrupted run has a report too.
  const chromium = measured.find(({ chromium }) => chromium !== '')?.chromium ?? '';
  const run = { corpus: path.basename(corpus), articles: articles.length, characters, machine: machine(), load, chromium, sets, measured };
  await writeFile(path.join(work, 'figures.json'), `${JSON.stringify(measured, null, 1)}\n`);
  await writeFile(needed('out'), report(run));
}
console.error(`written: ${values.out}`);
