/** Makes the style sheets in `css` templates smaller, as esbuild does those in files. */
import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';

const TEMPLATE = /\bcss`([^`]*)`/g;

/** A script with its `css` templates minified; one that has an expression in it is left as it is. */
export async function minifyTemplates(script, target) {
  const found = [...script.matchAll(TEMPLATE)].filter(([, css]) => !css.includes('${'));
  let result = '';
  let end = 0;
  for (const { 0: whole, 1: css, index } of found) {
    // What stands in the template is read as JavaScript first.
    const { code } = await transform(unescape(css), { loader: 'css', minify: true, target });
    result += `${script.slice(end, index)}css\`${escape(code.trimEnd())}\``;
    end = index + whole.length;
  }
  return result + script.slice(end);
}

const unescape = (css) => css.replace(/\\(.)/gs, '$1');
const escape = (css) => css.replace(/[\\`]|\$\{/g, '\\$&');

/** The plugin that does so with every `*.styles.ts`. */
export function minifyCss(target) {
  return {
    name: 'minify-css',
    setup(build) {
      build.onLoad({ filter: /\.styles\.ts$/ }, async ({ path }) => ({
        contents: await minifyTemplates(await readFile(path, 'utf8'), target),
        loader: 'ts',
      }));
    },
  };
}
