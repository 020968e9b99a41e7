// Builds what `npm start` serves: the page into dist/web and the relay's server into dist/relay.
import { mkdirSync } from 'node:fs';
import { build } from 'vite';
import { currentSources, markBuilt } from './setup/stamp.mjs';

const started = performance.now();
const sources = currentSources();
mkdirSync('dist', { recursive: true });
await build({ logLevel: 'warn' });
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  // everything but the native engine goes into one file, which the packed `sluice` command will be made of as well
  ssr: { noExternal: true, external: ['@duckdb/node-api', '@duckdb/node-bindings'] },
  build: {
    ssr: 'relay/server/main.ts',
    outDir: 'dist/relay',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'server.js' } },
  },
});
markBuilt(sources);
console.log(`Built dist/web and dist/relay in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
