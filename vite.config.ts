// The page: `vite` serves it while one works on it, `npm run build` puts it into dist/web.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compress } from './scripts/build/compress.mjs';
import { examples } from './scripts/build/examples.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Files that a package has and does not export for the browser: duckdb-wasm's blocking build, and parquet-wasm's glue
 * without an instance.
 */
export const alias = {
  'duckdb-blocking': here('node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs'),
  'parquet-wasm-glue': here('node_modules/parquet-wasm/bundler/parquet_wasm_bg.js'),
};

/** What the dev server must not bundle beforehand: code that finds its .wasm file beside itself. */
export const optimizeDeps = {
  exclude: ['@duckdb/duckdb-wasm', 'duckdb-blocking', 'parquet-wasm', 'parquet-wasm-glue'],
  include: [
    'apache-arrow',
    'hyparquet',
    'hyparquet/src/thrift.js',
    'hyparquet-writer',
    'hyparquet-writer/src/metadata.js',
    'jsonc-parser',
    'lossless-json',
    'pako',
    'smol-toml',
    'toml-eslint-parser',
    'yaml',
    'zod',
  ],
};

/** The engine's glue code has calls of `eval` for side modules, which are never loaded; the page's policy forbids them. */
const quietChecks = { eval: false, pluginTimings: false };

export default defineConfig({
  root: here('web'),
  cacheDir: here('node_modules/.vite'),
  plugins: [svelte({ configFile: here('svelte.config.js') }), examples(), compress()],
  resolve: { alias },
  optimizeDeps,
  worker: { format: 'es', rolldownOptions: { checks: quietChecks } },
  server: { host: '127.0.0.1', fs: { allow: [here('.')] } },
  build: {
    outDir: here('dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { checks: quietChecks },
    assetsInlineLimit: 0, // every asset is a file, so that the content security policy need not allow data: addresses
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500, // kB; the engine's own glue code is 1.1 MB
    sourcemap: false,
    reportCompressedSize: false,
  },
});
