import { describe, expect, it } from 'vitest';
import { minifyTemplates } from './minify-css.mjs';

describe('minifyTemplates', () => {
  it('makes style sheets smaller and leaves the script as it is', async () => {
    const script = 'const a = css`\n  p {\n    color: #ffffff;\n    margin: 0 0 0 0;\n  }\n`;\nconst b = html`<p>  </p>`;\n';
    expect(await minifyTemplates(script, ['chrome90'])).toBe('const a = css`p{color:#fff;margin:0}`;\nconst b = html`<p>  </p>`;\n');
  });

  it('leaves one with an expression alone', async () => {
    const script = 'const a = css`p { inset: ${wide}; }`;';
    expect(await minifyTemplates(script, ['chrome90'])).toBe(script);
  });

  it('keeps escapes', async () => {
    expect(await minifyTemplates('css`p::before { content: "\\\\201c"; }`', ['chrome90'])).toContain('content:"');
  });
});
