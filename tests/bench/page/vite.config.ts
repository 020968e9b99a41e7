// Builds the benchmarks' page into dist/bench.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { alias } from '../../../vite.config.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  resolve: { alias },
  worker: { format: 'es' },
  preview: { host: '127.0.0.1', port: 0 },
  build: {
    outDir: here('../../../dist/bench'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 40_000,
    reportCompressedSize: false,
    rolldownOptions: { input: [here('./index.html'), here('./parquet.html')] },
  },
});
