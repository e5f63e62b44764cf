/**
 * Times the wasm class alone, over many different queries: a first round over all of them loads what
 * they need, then each is asked so many times, by the clock before and after each search.
 */
import init, { Souwen } from '/pkg/souwen.js';

// A failure must reach the page, which hears of errors only.
self.onunhandledrejection = ({ reason }) => setTimeout(() => { throw reason; });

self.onmessage = async ({ data: { wasm, bundle, queries, rounds, ways } }) => {
  const { memory } = await init({ module_or_path: fetch(wasm) });
  const start = performance.now();
  const souwen = await Souwen.open(bundle);
  const openMs = performance.now() - start;
  const openBytes = memory.buffer.byteLength;
  const totals = [];
  for (const query of queries) {
    let answer;
    while ((answer = souwen.search(query, ways[0])) === undefined) await souwen.bring();
    totals.push(answer.total);
  }
  const times = ways.map((options) => {
    const times = queries.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, query] of queries.entries()) {
        const start = performance.now();
        // What was dropped meanwhile would be timed as an answer that is none.
        if (souwen.search(query, options) === undefined) throw new Error(`${query}: not everything is there`);
        times[index].push(performance.now() - start);
      }
    }
    return times;
  });
  const bytes = memory.buffer.byteLength;
  self.postMessage({ isolated: self.crossOriginIsolated, openMs, openBytes, bytes, totals, times });
};
