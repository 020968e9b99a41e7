// Bundles what runs in Node: the command, the server, the library, and the child that runs one pipeline (run.mjs). All that
// is no dependency of the package goes into the bundle; they share it as chunks beside them.
import { existsSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { build } from 'vite';
import { readJson } from '../json.mjs';
import { buildRun } from './run.mjs';

/** Name of the built file → its source. */
const entries = {
  sluice: 'relay/cli/main.ts',
  server: 'relay/server/main.ts',
  engine: 'relay/library.ts',
};

/**
 * @param {string} folder is made anew
 */
export async function buildRelay(folder = 'dist/relay') {
  const { dependencies } = /** @type {{ dependencies: Record<string, string> }} */ (readJson('package.json'));
  rmSync(folder, { recursive: true, force: true });
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: [...Object.keys(dependencies), ...builtinModules] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      license: { fileName: 'licenses.md' },
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(source))),
        // flat, because sources find what lies beside the built files from where they themselves are
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  await buildRun(folder);
}
