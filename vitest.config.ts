// Unit tests beside the sources, the contract on the relay's platform, and tests of the project's own tools.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { alias } from './vite.config.ts';

// `npm run test:fault` only
const full = process.env.FAULT === 'full' ? ['tests/fault/*.full.ts'] : [];
// `npm run test:interop` only
const interop = process.env.INTEROP === 'full' ? ['tests/interop/*.test.ts'] : [];

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias },
  test: {
    include: [
      'shared/**/*.test.ts',
      'relay/**/*.test.ts',
      'web/**/*.test.ts',
      'tests/{contract,fault,tools}/*.test.ts',
      ...full,
      ...interop,
    ],
    globalSetup: 'tests/fault/setup.ts',
    pool: 'forks',
    // Vitest would leave one core to an editor, and load every module anew for each file.
    maxWorkers: '100%',
    isolate: false,
    // for machines that are busy with something else
    testTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    passWithNoTests: false,
  },
});
