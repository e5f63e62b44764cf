import { run } from './page.ts';
import { snippet } from './text.ts';
import type { StoredText } from './text.ts';

/** The class of `bench/tantivy/`, as wasm-bindgen writes it for the web. */
interface Glue {
  default(options: { module_or_path: Promise<Response> }): Promise<{ readonly memory: WebAssembly.Memory }>;
  readonly Engine: { open(bytes: Uint8Array): Engine };
}

interface Engine {
  search(query: string, limit: number): Uint32Array;
  all(query: string): Uint32Array;
}

run(async () => {
  const glue = (await import(new URL('tantivy.js', location.href).href)) as Glue;
  const [{ memory }, index, texts] = await Promise.all([
    glue.default({ module_or_path: fetch('tantivy_bg.wasm') }),
    fetch('index.pack').then((response) => response.arrayBuffer()),
    fetch('texts.json').then((response) => response.json() as Promise<StoredText[]>),
  ]);
  const engine = glue.Engine.open(new Uint8Array(index));
  return {
    search: async (query, limit) =>
      Array.from(engine.search(query, limit), (article) => {
        const [title, body] = texts[article] ?? ['', ''];
        return { article, title, snippet: snippet(body, query) };
      }),
    wasmMemory: () => memory.buffer.byteLength,
    all: async (query) => Array.from(engine.all(query)),
  };
});
