/**
 * Wasm modules as text, form by form, by binaryen's tools.
 *
 * A *form* is what stands between the parentheses below `(module`: a type, an import, a function.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { alikeTogether } from './alike.mjs';

const run = promisify(execFile);
const bin = fileURLToPath(new URL('../node_modules/binaryen/bin/', import.meta.url));

/** What a thing is called in the text: `$name`, or in quotes if the name has odd characters. */
const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)`;
const HEAD = new RegExp(String.raw`^ \((\w+)(?: (${NAME}))?`, 'u');
const IMPORT = new RegExp(String.raw`^ \(import "([^"]*)" "([^"]*)" \((\w+) (${NAME})`, 'u');
const EXPORT = new RegExp(String.raw`^ \(export "([^"]*)" \((\w+) (${NAME})\)\)`, 'u');

/**
 * Lends binaryen's tools to `use`.
 *
 * @param flags What `wasm-opt` is told: features, and how to optimise.
 */
export async function withTools(flags, use) {
  const dir = await mkdtemp(path.join(tmpdir(), 'souwen-wasm-'));
  const features = flags.filter((flag) => flag.endsWith('-features') || flag.startsWith('--enable-'));
  let files = 0;
  const tool = async (name, input, ...args) => {
    const from = path.join(dir, `${(files += 1)}`);
    const to = path.join(dir, `${(files += 1)}`);
    await writeFile(from, input);
    await run(process.execPath, [path.join(bin, name), from, '-o', to, ...args]);
    return readFile(to);
  };
  try {
    return await use({
      /** The forms of a binary module. */
      read: async (wasm) => parse(String(await tool('wasm-dis', wasm, ...features))),
      /** The forms that something needs. */
      prune: async (forms) => parse(String(await tool('wasm-opt', moduleOf(forms), '-S', '--remove-unused-module-elements', ...features))),
      /** The binary module of these forms, with no names, and with functions that are alike side by side. */
      write: async (forms) => {
        const wasm = await tool('wasm-as', moduleOf(forms), ...features);
        return tool('wasm-as', moduleOf(alikeTogether(forms, wasm)), ...features);
      },
      /** The same, optimised. */
      optimise: (forms) => tool('wasm-opt', moduleOf(forms), ...flags, '--low-memory-unused', '--reorder-functions-by-name'),
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * The forms of a module as `wasm-dis` prints them: one begins on each line with a single space before
 * it. Each has its `kind`, `text` and `name`; an import also the `module` and the name there
 * (`exported`) and `what` it is; an export `what` it is and the name outside (`exported`).
 */
function parse(text) {
  const forms = text.slice(text.indexOf('\n') + 1, text.lastIndexOf('\n)')).split(/\n(?= \()/u);
  return forms.map((form) => {
    const [, kind, name] = HEAD.exec(form) ?? [];
    if (kind === 'import') {
      const [, module, exported, what, own] = IMPORT.exec(form);
      return { kind, text: form, module, exported, what, name: own };
    }
    if (kind === 'export') {
      const [, exported, what, own] = EXPORT.exec(form);
      return { kind, text: form, exported, what, name: own };
    }
    return { kind, text: form, name };
  });
}

function moduleOf(forms) {
  return `(module\n${forms.map((form) => form.text).join('\n')}\n)\n`;
}
