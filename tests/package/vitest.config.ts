// What `npm pack` makes of dist/, installed into an empty folder. Run by `npm run test:package`, which builds dist/ first.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['tests/package/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
});
