import { describe, expect, it } from 'vitest';
import { trapping } from './slim-wasm.mjs';

const PANIC = '$"core[0f]::panicking::panic_fmt"';
const func = (name, ...body) => ({ kind: 'func', name, text: [` (func ${name} (param $0 i32)`, ...body.map((line) => `  ${line}`), ' )'].join('\n') });
const data = (bytes) => ({ kind: 'data', text: ` (data $.rodata (i32.const 1024) "${bytes}")` });
const hex = (bytes) => [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');

/** `core::panic::Location` as it lies in memory. */
function place(name, length, line, column) {
  const bytes = Buffer.alloc(16);
  [name, length, line, column].forEach((number, at) => bytes.writeUInt32LE(number, at * 4));
  return bytes;
}

describe('a module without messages of panics', () => {
  it('traps where it would panic, and does all else as before', () => {
    const own = func('$souwen::open', '(call $other', '   (local.get $0)', '  )');
    const [panic, kept] = trapping([func(PANIC, '(call $say)'), own]);
    expect(panic.text).toBe(` (func ${PANIC} (param $0 i32) (unreachable))`);
    expect(kept).toBe(own);
  });

  it('must name its functions', () => {
    expect(() => trapping([func('$1', '(nop)')])).toThrow('-g');
  });

  it('must not format text but for panics', () => {
    const forms = [func(PANIC, '(call $"alloc[0f]::fmt::format"', '   (local.get $0)', '  )'), func('$souwen::name', '(nop)')];
    expect(() => trapping(forms)).not.toThrow();
    forms.push(func('$souwen::title', '(call $"alloc[0f]::fmt::format"', '   (local.get $0)', '  )'));
    expect(() => trapping(forms)).toThrow('$souwen::title');
  });

  it('has zeros for the places in the sources, and its other data as they were', () => {
    const name = 'src/opened.rs';
    const before = Buffer.from(`${name}\0ab`);
    const words = Buffer.concat([place(1024, name.length, 12, 5), place(1028, name.length - 4, 7, 9), place(1025, 4000, 1, 1), place(9, 4, 2, 1)]);
    const [, own] = trapping([func(PANIC, '(nop)'), data(`${before.toString('latin1').replace('\0', '\\00')}${hex(words)}`)]);
    const kept = Buffer.concat([Buffer.alloc(name.length), Buffer.from('\0ab'), Buffer.alloc(32), words.subarray(32)]);
    expect(own.text).toBe(` (data (i32.const 1024) "${hex(kept)}")`);
  });

  it('has zeros for what only panics would say', () => {
    const before = Buffer.from('ab called `Result::unwrap()` on an `Err` valuecd: called `Result::unwrap()`');
    const [, own] = trapping([func(PANIC, '(nop)'), data(before.toString('latin1'))]);
    const kept = Buffer.from(before);
    kept.fill(0, 3, before.indexOf('cd'));
    expect(own.text).toBe(` (data (i32.const 1024) "${hex(kept)}")`);
  });
});
