import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: {
    __SOUWEN_WORKER__: JSON.stringify('./souwen-worker.js'),
    __SOUWEN_WASM__: '[]',
  },
  test: { environment: 'node', include: ['engine/**/*.test.ts', 'widget/**/*.test.ts', 'demo/**/*.test.ts', 'scripts/**/*.test.mjs'] },
});
