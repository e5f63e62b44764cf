/**
 * Takes a wasm module apart: what some of its exports alone need goes into a second module, to be
 * loaded when one of them is first wanted.
 *
 *   first   everything else. In place of each of those exports it has a stub, which calls through a
 *           slot of the function table; until the second module is there, it traps
 *   second  their code. It imports memory, tables, globals and functions of the first one's instance,
 *           all from the module name `first`, and fills the slots as it is instantiated
 *
 * What a function table holds may be called by anyone and stays in the first module, as do all data.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const bin = fileURLToPath(new URL('../node_modules/binaryen/bin/', import.meta.url));

/**
 * @param wasm The module's bytes.
 * @param later The names of the exports, all of them functions.
 * @param flags What `wasm-opt` is told: features, and how to optimise.
 * @returns The two modules' bytes, `{ first, second }`.
 */
export async function split(wasm, later, flags) {
  const dir = await mkdtemp(path.join(tmpdir(), 'souwen-split-'));
  const features = flags.filter((flag) => flag.endsWith('-features') || flag.startsWith('--enable-'));
  let files = 0;
  const tool = async (name, input, ...args) => {
    const from = path.join(dir, `${(files += 1)}`);
    const to = path.join(dir, `${(files += 1)}`);
    await writeFile(from, input);
    await run(process.execPath, [path.join(bin, name), from, '-o', to, ...args]);
    return readFile(to);
  };
  const optimised = (text) => tool('wasm-opt', text, ...flags);
  const disassembled = async (bytes) => parse(String(await tool('wasm-dis', bytes, ...features)));
  try {
    const whole = await disassembled(wasm);
    const entries = later.map((name) => {
      const own = whole.find((form) => form.kind === 'export' && form.exported === name);
      if (!own) throw new Error(`the wasm module has no export "${name}"`);
      return { name, target: own.name };
    });
    const without = whole.filter((form) => form.kind !== 'export' || !later.includes(form.exported));
    const pruned = await tool('wasm-opt', moduleOf(without), '-S', '--remove-unused-module-elements', ...features);
    const kept = new Set(parse(String(pruned)).filter(isFunction).map((form) => form.name));
    const moved = (form) => form.kind === 'func' && !kept.has(form.name);

    const table = whole.find((form) => form.kind === 'table' && form.text.endsWith('funcref)'));
    const slots = Number(/^ \(table \S+ (\d+) /u.exec(table.text)[1]);
    const larger = { ...table, text: ` (table ${table.name} ${slots + entries.length} ${slots + entries.length} funcref)` };
    const all = whole.map((form) => (form === table ? larger : form));

    const fill = entries.map(({ target }) => target).join(' ');
    const second = await optimised(
      moduleOf([
        ...all.filter((form) => form.kind === 'type'),
        ...all.filter((form) => !moved(form)).flatMap(importOf),
        ...all.filter(moved),
        { text: ` (elem (table ${table.name}) (i32.const ${slots}) func ${fill})` },
      ]),
    );
    // What of all this it really uses, under names as short as can be.
    const used = (await disassembled(second)).filter((form) => form.kind === 'import');
    const short = new Map(used.map((form, at) => [form.exported, `_${at.toString(36)}`]));
    const byName = new Map(whole.filter((form) => form.kind !== 'export').map((form) => [fullName(form), form]));

    const first = all.filter((form) => !moved(form) && (form.kind !== 'export' || !later.includes(form.exported)));
    const stubs = entries.flatMap(({ name, target }, at) => stub(name, byName.get(`func ${target}`), table, slots + at));
    const lent = [...short].map(([own, as]) => ({ text: ` (export "${as}" (${own}))` }));
    const renamed = (await disassembled(second)).map((form) =>
      form.kind === 'import' ? { ...form, text: form.text.replace(`"${form.exported}"`, `"${short.get(form.exported)}"`) } : form,
    );
    return { first: await optimised(moduleOf([...first, ...stubs, ...lent])), second: await tool('wasm-as', moduleOf(renamed), ...features) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The forms of a module as `wasm-dis` prints them: one begins on each line with a single space before it. */
function parse(text) {
  const forms = text.slice(text.indexOf('\n') + 1, text.lastIndexOf('\n)')).split(/\n(?= \()/u);
  return forms.map((form) => {
    const kind = /^ \((\w+)/u.exec(form)?.[1];
    if (kind === 'import') {
      const [, exported, what, name] = /^ \(import "[^"]*" "([^"]*)" \((\w+) (\S+?)[ )]/u.exec(form);
      return { kind, text: form, exported, what, name };
    }
    if (kind === 'export') {
      const [, exported, what, name] = /^ \(export "([^"]*)" \((\w+) (\S+?)\)\)/u.exec(form);
      return { kind, text: form, exported, what, name };
    }
    return { kind, text: form, name: /^ \(\w+ (\$[^\s)]+)/u.exec(form)?.[1] };
  });
}

function moduleOf(forms) {
  return `(module\n${forms.map((form) => form.text).join('\n')}\n)\n`;
}

function isFunction(form) {
  return form.kind === 'func' || (form.kind === 'import' && form.what === 'func');
}

/** Whether a form is a function, a global, a memory or a table. */
function sort(form) {
  return form.kind === 'import' ? form.what : form.kind;
}

/** Functions, tables and so on are counted each for themselves, and may bear the same names. */
function fullName(form) {
  return `${sort(form)} ${form.name}`;
}

/** How the second module imports what the first one has, under its full name there. */
function importOf(form) {
  const named = (type) => [{ kind: 'import', text: ` (import "first" "${fullName(form)}" (${sort(form)} ${form.name}${type}))` }];
  switch (form.kind) {
    case 'import':
      return named(form.text.slice(form.text.indexOf(form.name) + form.name.length, -2));
    case 'func':
      return named(signature(form));
    case 'global':
      return named(` ${/^ \(global \S+ (\(mut \w+\)|\w+)/u.exec(form.text)[1]}`);
    case 'memory':
    case 'table':
      return named(form.text.slice(form.text.indexOf(form.name) + form.name.length, -1));
    default:
      return [];
  }
}

/** A function's parameters and results, with a space before each. */
function signature(form) {
  const [head] = form.text.split('\n', 1);
  return (head.match(/ \((?:param|result)[^)]*\)/gu) ?? []).join('');
}

/** A function that calls through a slot of the table, in place of the one that will be there. */
function stub(name, form, table, slot) {
  const types = signature(form);
  const parameters = (types.match(/\(param/gu) ?? []).map((_, at) => `(local.get ${at})`).join(' ');
  return [
    { text: ` (func $later-${slot}${types} (call_indirect ${table.name}${types.replace(/\(param \$\S+/gu, '(param')} ${parameters} (i32.const ${slot})))` },
    { text: ` (export "${name}" (func $later-${slot}))` },
  ];
}
