/**
 * The texts of panics, and the places in the sources that they would name. Once no panic has a message,
 * nothing reads them: their bytes become zeros, which `wasm-opt` leaves out.
 *
 * A place is, as `core::panic::Location` lies in memory, four numbers of 32 bits: the address and the
 * length of a file's name, the line, the column.
 */

const DATA = /^ \(data \S+ \(i32\.const (\d+)\) "((?:[^"\\]|\\.)*)"\)$/u;
const FILE = /[\w./-]+\.rs/gu;
const PLACE = 16;

/** What only panics of Rust's libraries and of `fst` say, and the digits that only `core::fmt` writes with. */
const TEXTS = [
  'slice index starts at ',
  ' but ends at ',
  'index out of bounds: the len is ',
  ' but the index is ',
  'range start index ',
  'range end index ',
  ' out of range for slice of length ',
  'assertion `left ',
  ' right` failed',
  'copy_from_slice: source slice length (',
  ') does not match destination slice length (',
  '`at` split index (is ',
  'insertion index (is ',
  'removal index (is ',
  ') should be <= len (is ',
  ') should be < len (is ',
  'finish: callbacks should be Some',
  'finish: result should be None',
  'FnOnce called more than once',
  'capacity overflow',
  'start of range should be a character boundary',
  'end of range should be a character boundary',
  'LayoutError',
  'Cannot convert node address ',
  ' to a pointer sized variable. If this FST is very large and was generated on a system with a larger pointer size than this system, then it is not possible to read this FST on this system.',
  'assertion failed: i < node.ntrans',
  'assertion failed: i == 0',
  'assertion failed: 1 <= nbytes && nbytes <= 8',
  'reentrant init',
  'called `Result::unwrap()` on an `Err` value',
  'called `Option::unwrap()` on a `None` value',
  'attempt to join into collection with len > usize::MAX',
  'internal error: entered unreachable code',
  'Tried to shrink to a larger capacity',
  'LazyCell instance has previously been poisoned',
  'attempt to divide by zero',
  '`async fn` resumed after completion',
  'RefCell already mutably borrowed',
  'RefCell already borrowed',
  Array.from({ length: 100 }, (_, at) => String(at).padStart(2, '0')).join(''),
];

/** Forms in which the data of these texts and places are zeros. */
export function withoutLocations(forms) {
  const segments = forms.flatMap((form) => {
    const [, at, text] = (form.kind === 'data' && DATA.exec(form.text)) || [];
    return text === undefined ? [] : [{ form, at: Number(at), bytes: bytesOf(text) }];
  });
  /** Addresses of files' names, and how long each may be: the linker lays one name over the end of another. */
  const names = new Map();
  for (const { at, bytes } of segments) {
    for (const { index, 0: name } of bytes.toString('latin1').matchAll(FILE)) {
      for (let start = 0; start < name.length; start += 1) names.set(at + index + start, name.length - start);
      bytes.fill(0, index, index + name.length);
    }
    for (const text of TEXTS) {
      for (let found = bytes.indexOf(text); found >= 0; found = bytes.indexOf(text, found + 1)) bytes.fill(0, found, found + text.length);
    }
  }
  for (const { bytes } of segments) {
    for (let at = 0; at + PLACE <= bytes.length; at += 4) {
      if (names.get(bytes.readUInt32LE(at)) >= bytes.readUInt32LE(at + 4)) bytes.fill(0, at, at + PLACE);
    }
  }
  const changed = new Map(segments.map((own) => [own.form, own]));
  return forms.map((form) => {
    const own = changed.get(form);
    return own ? { ...form, text: ` (data (i32.const ${own.at}) "${textOf(own.bytes)}")` } : form;
  });
}

/** A string of the text format as bytes: `\hh` is a byte, other characters are themselves. */
function bytesOf(text) {
  const named = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 };
  const parts = text.match(/\\[0-9a-f]{2}|\\.|[^\\]+/gu) ?? [];
  return Buffer.concat(
    parts.map((part) => {
      if (!part.startsWith('\\')) return Buffer.from(part);
      return Buffer.of(part.length === 3 ? Number.parseInt(part.slice(1), 16) : named[part[1]]);
    }),
  );
}

function textOf(bytes) {
  return [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}
