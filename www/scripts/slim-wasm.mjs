/**
 * Takes out of a wasm module what no one will ever read: the messages of panics. Without a hook that
 * prints them, which Souwen does not set, a panic ends in a trap all the same.
 *
 *     node slim-wasm.mjs FILE     rewrites a file whose functions still have their names
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { wasmOptFlags } from './flags.mjs';
import { withoutLocations } from './locations.mjs';
import { withTools } from './wasm-text.mjs';

/** Functions of Rust's libraries that panic, or that only a panic's message needs, as the name section has them. */
const PANICS = [
  String.raw`core\S*::panicking::.*`,
  String.raw`std\S*::panicking::.*`,
  String.raw`core\S*::slice::index::slice_index_fail`,
  String.raw`core\S*::slice::copy_from_slice_impl::len_mismatch_fail`,
  String.raw`core\S*::str::slice_error_fail\S*`,
  String.raw`core\S*::(?:option|result)::(?:unwrap|expect)_failed`,
  String.raw`core\S*::cell::panic_already\S*`,
  String.raw`alloc\S*::raw_vec::(?:handle_error|capacity_overflow)`,
  String.raw`alloc\S*::alloc::handle_alloc_error`,
  String.raw`.*(?:core|alloc)\S*::fmt::.*`,
  String.raw`.*std\S*::panicking::.*`,
];
const PANIC = new RegExp(String.raw`^\$"?(?:${PANICS.join('|')})"?$`, 'u');
/** What all formatting goes through. */
const FORMATTING = /(?:core|alloc)[^\s:]*::fmt::(?:write|format)\b/u;

/**
 * Forms in which a panic traps at once. Fails if no function has a name that tells, and if something
 * else than a panic writes formatted text: it would trap too.
 */
export function trapping(forms) {
  const isPanic = (form) => form.kind === 'func' && PANIC.test(form.name);
  if (!forms.some(isPanic)) throw new Error('the wasm file does not name its functions: wasm-opt must be given -g');
  const formatting = forms.find((form) => form.kind === 'func' && !isPanic(form) && FORMATTING.test(form.text));
  if (formatting) throw new Error(`${formatting.name} uses \`format!\` or the like; in the browser, use \`concat\` and \`souwen_text::digits\``);
  return withoutLocations(forms).map((form) => (isPanic(form) ? { ...form, text: `${form.text.split('\n', 1)[0]} (unreachable))` } : form));
}

async function main(file) {
  const slim = await withTools(await wasmOptFlags(), async ({ read, optimise }) => optimise(trapping(await read(await readFile(file)))));
  await writeFile(file, slim);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
