import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { split } from './split-wasm.mjs';

/**
 * `now` and `later` share a function, a global, memory, an import, and call by the table; `deep` is only `later`'s.
 * What only `seldom` calls by the table, nothing else could call.
 */
const SOURCE = `(module
  (import "env" "note" (func $note (param i32)))
  (import "env" "unused" (func $unused))
  (global $count (mut i32) (i32.const 40))
  (memory $memory 1)
  (table $calls 3 3 funcref)
  (elem (i32.const 1) func $twice $once)
  (export "memory" (memory $memory))
  (export "now" (func $now))
  (export "later" (func $later))
  (export "pair" (func $pair))
  (export "seldom" (func $seldom))
  (func $twice (param $n i32) (result i32) (i32.mul (local.get $n) (i32.const 2)))
  (func $up (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (i32.store (i32.const 16) (global.get $count))
    (global.get $count))
  (func $now (param $n i32) (result i32)
    (call $unused)
    (call_indirect (param i32) (result i32) (i32.add (call $up) (local.get $n)) (i32.const 1)))
  (func $deep (param $n i32) (result i32)
    (if (result i32) (i32.eqz (local.get $n))
      (then (call $up))
      (else (call $note (local.get $n)) (call $deep (i32.sub (local.get $n) (i32.const 1))))))
  (func $later (param $n i32) (result i32)
    (call_indirect (param i32) (result i32) (call $deep (local.get $n)) (i32.const 1)))
  (func $only (result i64) (i64.const 7))
  (func $once (result i64) (call $only))
  (func $seldom (result i64) (call_indirect (result i64) (i32.const 2)))
  (func $pair (param $a i32) (param $b f64) (result f64 i32)
    (local.get $b) (call $deep (local.get $a))))`;

const FLAGS = ['-Oz', '--mvp-features', '--enable-multivalue', '--enable-mutable-globals', '--enable-bulk-memory', '--enable-reference-types'];

function assembled(...more) {
  const dir = mkdtempSync(path.join(tmpdir(), 'souwen-split-test-'));
  try {
    writeFileSync(path.join(dir, 'a.wat'), SOURCE);
    const tool = fileURLToPath(new URL('../node_modules/binaryen/bin/wasm-as', import.meta.url));
    execFileSync(process.execPath, [tool, path.join(dir, 'a.wat'), '-o', path.join(dir, 'a.wasm'), ...FLAGS.slice(1), ...more]);
    return readFileSync(path.join(dir, 'a.wasm'));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function instance(bytes) {
  const noted = [];
  const env = { note: (n) => noted.push(n), unused: () => undefined };
  const { exports } = (await WebAssembly.instantiate(bytes, { env })).instance;
  return { exports, noted };
}

describe('a module that was split', () => {
  it('does without the second part what it can, and with it everything', { timeout: 60_000 }, async () => {
    const whole = assembled();
    const { first, second } = await split(whole, ['later', 'pair'], FLAGS);
    const own = await instance(first);
    const other = await instance(whole);
    expect(own.exports.now(1)).toBe(other.exports.now(1));
    expect(() => own.exports.later(3)).toThrow(WebAssembly.RuntimeError);
    expect(own.noted).toEqual([]);

    await WebAssembly.instantiate(second, { first: own.exports });
    for (const { exports } of [own, other]) {
      expect(exports.later(3)).toBe(84);
      expect(exports.pair(2, 0.5)).toEqual([0.5, 43]);
      expect(exports.now(0)).toBe(88);
      expect(new Int32Array(exports.memory.buffer)[4]).toBe(44);
    }
    expect(own.noted).toEqual([3, 2, 1, 2, 1]);
    expect(other.noted).toEqual(own.noted);
    const imported = WebAssembly.Module.imports(new WebAssembly.Module(second));
    expect(new Set(imported.map(({ module }) => module))).toEqual(new Set(['first']));
    // What only the second part needs of the page's functions, the first one passes on; nothing else.
    expect(imported.filter(({ kind }) => kind === 'function').length).toBeLessThanOrEqual(2);
  });

  it('has what only it can call by the table', { timeout: 60_000 }, async () => {
    const { first, second } = await split(assembled(), ['seldom'], FLAGS);
    const { exports } = await instance(first);
    expect(() => exports.seldom()).toThrow(WebAssembly.RuntimeError);
    expect(exports.now(1)).toBe(84);
    await WebAssembly.instantiate(second, { first: exports });
    expect(exports.seldom()).toBe(7n);
  });

  it('has functions inside that were named', { timeout: 60_000 }, async () => {
    const { first, second } = await split(assembled('-g'), ['later'], FLAGS, { inside: [/^\$up$/u] });
    const { exports } = await instance(first);
    expect(() => exports.now(1)).toThrow(WebAssembly.RuntimeError);
    expect(exports.seldom()).toBe(7n);
    await WebAssembly.instantiate(second, { first: exports });
    expect(exports.now(1)).toBe(84);
    expect(exports.later(3)).toBe(84);
    await expect(split(assembled('-g'), ['later'], FLAGS, { inside: [/^\$never$/u] })).rejects.toThrow('never');
  });

  it('has short names for what passes between it and its script', { timeout: 60_000 }, async () => {
    const glue = 'const imports = { env: { note: say, unused() {} } }; own.now(1); own.later(2); notes.length';
    const { first, glue: script } = await split(assembled(), ['later', 'pair'], FLAGS, { glue });
    const names = /^const imports = \{ env: \{ (\$\w+): say, (\$\w+)\(\) \{\} \} \}; own\.(\$\w+)\(1\); own\.(\$\w+)\(2\); notes\.length$/u.exec(script);
    const [, note, unused, now, later] = names;
    expect(new Set([note, unused, now, later]).size).toBe(4);
    const { exports } = (await WebAssembly.instantiate(first, { env: { [note]: () => undefined, [unused]: () => undefined } })).instance;
    expect(exports[now](1)).toBe(84);
    expect(() => exports[later](2)).toThrow(WebAssembly.RuntimeError);
    expect(exports.memory).toBeInstanceOf(WebAssembly.Memory);
  });

  it('must export what is to come later', { timeout: 60_000 }, async () => {
    await expect(split(assembled(), ['never'], FLAGS)).rejects.toThrow('"never"');
  });
});
