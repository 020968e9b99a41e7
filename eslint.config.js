// ESLint: typescript-eslint's strict type-checked rules, Svelte's, and the import rule of the house.
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import house from './scripts/lint/house.mjs';
import svelteConfig from './svelte.config.js';

const typed = { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] };

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'test-results/', '**/*.d.ts'] },
  { linterOptions: { noInlineConfig: true, reportUnusedInlineConfigs: 'error' } },
  ...tseslint.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node }, parserOptions: typed } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { ...typed, parser: tseslint.parser, svelteConfig } },
  },
  {
    plugins: { house },
    rules: {
      'house/imports': 'error',
      'max-lines': ['error', 300],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // ESLint does not know the types of components that a component uses; svelte-check does, and checks them
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['relay/server/**', 'scripts/**', 'tests/**', 'examples/**'], rules: { 'no-console': 'off' } },
  // a test takes apart what it is handed (`({ open, addFile }) => …`); methods that need their object say so by failing
  { files: ['tests/**', '**/*.test.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  { files: ['examples/**'], extends: [tseslint.configs.disableTypeChecked] },
);
