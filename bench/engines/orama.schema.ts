/** Orama for Chinese: its own mandarin tokenizer, which cuts by `Intl.Segmenter`. */
import { create } from '@orama/orama';
import { createTokenizer } from '@orama/tokenizers/mandarin';

/** An empty database. The articles' numbers are their ids. */
export function empty() {
  return create({
    schema: { title: 'string', body: 'string' } as const,
    components: { tokenizer: createTokenizer() },
  });
}
