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
 *
 * Functions inside can be named, too, to go into the second module although the first one calls them:
 * they get a stub like that of an export, and whoever calls them must know that the second one is there.
 */
import { withTools } from './wasm-text.mjs';

/**
 * @param wasm The module's bytes.
 * @param later The names of the exports, all of them functions.
 * @param flags What `wasm-opt` is told: features, and how to optimise.
 * @param inside Patterns of the names of functions, as the name section has them; each must find some.
 * @param glue The script that imports and exports for it.
 * @param prepare Changes the module's forms before all else.
 * @returns The two modules' bytes and the script, `{ first, second, glue }`: what passes between them
 *   and the script has short names.
 */
export function split(wasm, later, flags, { inside = [], glue = '', prepare = (forms) => forms } = {}) {
  return withTools(flags, async ({ read, prune, write, optimise }) => {
    const whole = prepare(await read(wasm));
    const entries = later.map((name) => {
      const own = whole.find((form) => form.kind === 'export' && form.exported === name);
      if (!own) throw new Error(`the wasm module has no export "${name}"`);
      return { name, target: own.name };
    });
    const named = inside.flatMap((pattern) => {
      const found = whole.filter((form) => form.kind === 'func' && pattern.test(form.name));
      if (found.length === 0) throw new Error(`no function of the wasm module is named like ${pattern}`);
      return found.map((form) => form.name);
    });
    const apart = new Set(named);
    const without = whole.filter((form) => form.kind !== 'export' || !later.includes(form.exported));
    const pruned = await prune(without.map((form) => (form.kind === 'func' && apart.has(form.name) ? emptied(form) : form)));
    const kept = new Map(pruned.filter(isFunction).map((form) => [form.name, form]));
    // What the table holds but nothing left can call by it has lost its body: it may go, too.
    for (const form of whole.filter(isFunction)) {
      const left = kept.get(form.name);
      if (form.kind === 'func' && left && isEmpty(left) && !isEmpty(form)) apart.add(form.name);
    }
    entries.push(...[...apart].map((target) => ({ target })));
    const moved = (form) => form.kind === 'func' && (apart.has(form.name) || !kept.has(form.name));

    const table = whole.find((form) => form.kind === 'table' && form.text.endsWith('funcref)'));
    const slots = Number(/^ \(table \S+ (\d+) /u.exec(table.text)[1]);
    const larger = { ...table, text: ` (table ${table.name} ${slots + entries.length} ${slots + entries.length} funcref)` };
    const all = whole.map((form) => (form === table ? larger : form));

    const fill = entries.map(({ target }) => target).join(' ');
    const numbered = new Map(all.map((form, at) => [form, `${at}`]));
    const second = await read(
      await optimise([
      ...all.filter((form) => form.kind === 'type'),
      ...all.filter((form) => !moved(form)).flatMap((form) => importOf(form, numbered.get(form))),
      ...all.filter(moved),
      { text: ` (elem (table ${table.name}) (i32.const ${slots}) func ${fill})` },
      ]),
    );
    // What of all this it really uses, under names as short as can be.
    const used = second.filter((form) => form.kind === 'import');
    const short = new Map(used.map((form, at) => [form.exported, `_${at.toString(36)}`]));

    const first = all.filter((form) => !moved(form) && (form.kind !== 'export' || !later.includes(form.exported)));
    const stubs = entries.flatMap(({ name, target }, at) => {
      const own = whole.find((form) => isFunction(form) && form.name === target);
      // A named function's stub takes its name, so that its callers call it.
      const called = name === undefined ? target : `$later-${slots + at}`;
      const code = { text: stub(called, own, table, slots + at) };
      return name === undefined ? [code] : [code, { text: ` (export "${name}" (func ${called}))` }];
    });
    const lent = [...short].map(([at, as]) => ({ text: ` (export "${as}" (${sort(all[Number(at)])} ${all[Number(at)].name}))` }));
    const linked = second.map((form) =>
      form.kind === 'import' ? { ...form, text: form.text.replace(`"${form.exported}"`, `"${short.get(form.exported)}"`) } : form,
    );
    const linkable = await read(await optimise([...first, ...stubs, ...lent]));
    const { forms, script } = renamed(linkable, glue);
    return { first: await write(forms), second: await write(linked), glue: script };
  });
}

/**
 * Gives short names to all that a script imports and exports for a module: those of wasm-bindgen tell
 * what they stand for, and have a hash each, which no one can compress.
 */
function renamed(forms, glue) {
  let script = glue;
  const shorten = (form, name) => {
    const before = script;
    script = script.replace(new RegExp(String.raw`\b${form.exported}\b`, 'gu'), () => name);
    // What the script does not name is between the modules.
    return before === script ? form : { ...form, text: form.text.replace(`"${form.exported}"`, `"${name}"`) };
  };
  const passed = (form) => form.kind === 'import' || (form.kind === 'export' && form.exported !== 'memory');
  return { forms: forms.map((form, at) => (passed(form) ? shorten(form, `$${at.toString(36)}`) : form)), script };
}

function isFunction(form) {
  return form.kind === 'func' || (form.kind === 'import' && form.what === 'func');
}

/** A function that traps. */
function emptied(form) {
  return { ...form, text: `${form.text.split('\n', 1)[0]} (unreachable))` };
}

function isEmpty(form) {
  return /^[^\n]*\s*\(unreachable\)\s*\)$/u.test(form.text);
}

/** Whether a form is a function, a global, a memory or a table. */
function sort(form) {
  return form.kind === 'import' ? form.what : form.kind;
}

/** How the second module imports what the first one has, under the name `as`. */
function importOf(form, as) {
  const named = (type) => [{ kind: 'import', text: ` (import "first" "${as}" (${sort(form)} ${form.name}${type}))` }];
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

/** A function `name` that calls through a slot of the table, in place of the one that will be there. */
function stub(name, form, table, slot) {
  const types = signature(form);
  const parameters = (types.match(/\(param/gu) ?? []).map((_, at) => `(local.get ${at})`).join(' ');
  return ` (func ${name}${types} (call_indirect ${table.name}${types.replace(/\(param \$\S+/gu, '(param')} ${parameters} (i32.const ${slot})))`;
}
