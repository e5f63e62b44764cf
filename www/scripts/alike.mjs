/**
 * The order of a module's functions: each is followed by the one that is most like it. A compressor that
 * has like beside like needs over a percent less.
 */

/** What functions are compared by: runs of so many bytes of their code. */
const RUN = 6;
/** A run that more functions have tells nothing. */
const COMMON = 200;
/** The section of a binary module that has the functions' code. */
const CODE = 10;

/**
 * @param forms The module, form by form.
 * @param wasm The same as bytes.
 * @returns The forms, with others of the functions where functions stand. The same module gives the same order.
 */
export function alikeTogether(forms, wasm) {
  const functions = forms.filter((form) => form.kind === 'func');
  const order = orderOf(bodiesOf(wasm).map(runsOf)).values();
  return forms.map((form) => (form.kind === 'func' ? functions[order.next().value] : form));
}

function orderOf(runs) {
  const holders = new Map();
  runs.forEach((own, at) => {
    for (const run of own) {
      const list = holders.get(run);
      if (list) list.push(at);
      else holders.set(run, [at]);
    }
  });
  const left = new Set(runs.keys());
  const order = [];
  for (let at = 0; left.size > 0; at = mostAlike(order.slice(-2), runs, holders, left)) {
    left.delete(at);
    order.push(at);
  }
  return order;
}

/** Of the functions left, the one that shares most, for its size, with those just placed. */
function mostAlike(placed, runs, holders, left) {
  const shared = new Map();
  for (const run of placed.flatMap((at) => [...runs[at]])) {
    const own = holders.get(run);
    if (own.length >= COMMON) continue;
    for (const at of own) if (left.has(at)) shared.set(at, (shared.get(at) ?? 0) + 1 / own.length);
  }
  let [best] = left;
  let most = 0;
  for (const [at, share] of shared) {
    const likeness = share / (runs[at].size + 8);
    if (likeness > most || (likeness === most && at < best)) [best, most] = [at, likeness];
  }
  return best;
}

function runsOf(body) {
  const runs = new Set();
  for (let at = 0; at + RUN <= body.length; at += 1) runs.add(body.toString('latin1', at, at + RUN));
  return runs;
}

/** The code of a module's functions. */
function bodiesOf(wasm) {
  let at = 8;
  /** A number, seven bits in each byte. */
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  while (at < wasm.length) {
    const id = wasm[at++];
    const length = number();
    if (id === CODE) {
      return Array.from({ length: number() }, () => {
        const size = number();
        at += size;
        return wasm.subarray(at - size, at);
      });
    }
    at += length;
  }
  return [];
}
