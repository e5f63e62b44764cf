/**
 * Times the wasm class alone, without messages: so many searches of one query in a row, by the
 * clock before and after all of them.
 */
import init, { Souwen } from '/pkg/souwen.js';

self.onmessage = async ({ data: { wasm, bundle, queries, times, limit } }) => {
  await init({ module_or_path: fetch(wasm) });
  const souwen = await Souwen.open(bundle);
  const options = { limit };
  const means = queries.map((query) => {
    for (let warm = 0; warm < times / 10; warm += 1) souwen.search(query, options);
    const start = performance.now();
    for (let time = 0; time < times; time += 1) souwen.search(query, options);
    return (performance.now() - start) / times;
  });
  self.postMessage({ isolated: self.crossOriginIsolated, means });
};
