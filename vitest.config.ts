// Unit tests beside the sources, the contract on the relay's platform, and tests of the project's own tools.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { alias } from './vite.config.ts';

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias },
  test: {
    include: ['shared/**/*.test.ts', 'relay/**/*.test.ts', 'web/**/*.test.ts', 'tests/{contract,tools}/*.test.ts'],
    pool: 'forks',
    passWithNoTests: false,
  },
});
