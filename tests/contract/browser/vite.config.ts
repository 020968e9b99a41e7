// Builds and serves the contract's page: `vite build -c <this>`, then `vite preview -c <this> --port <port>`.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { examples } from '../../../scripts/build/examples.mjs';
import { contentSecurityPolicy } from '../../../relay/server/content-security-policy.ts';
import { alias } from '../../../vite.config.ts';

/** The page's own, which is also its Workers': what it forbids must fail here as it does there. */
const policy = Object.entries(contentSecurityPolicy)
  .map(([name, sources]) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), ...sources].join(' '))
  .join('; ');

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  cacheDir: here('../../../node_modules/.vite-contract'),
  plugins: [examples()],
  resolve: { alias },
  worker: { format: 'es' },
  preview: { host: '127.0.0.1', strictPort: true, headers: { 'Content-Security-Policy': policy } },
  build: {
    outDir: here('../../../dist/contract'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000, // kB; the engine's own glue code is 1.1 MB
    minify: false,
    reportCompressedSize: false,
  },
});
