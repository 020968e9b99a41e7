// The built relay once more, with another program for its runs (telling-run.ts).
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { serve, type ServedRelay } from './served.ts';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));

/** Lends a relay that does so many runs at once. */
export async function withTellingRelay<T>(runs: number, task: (relay: ServedRelay) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(dist, 'bench-relay-')); // from there it finds its packages
  try {
    const built = join(folder, 'dist/relay');
    await cp(join(dist, 'relay'), built, { recursive: true });
    await cp(join(dist, '../package.json'), join(folder, 'package.json'));
    await build({
      ...{ configFile: false, logLevel: 'warn', publicDir: false },
      ssr: { noExternal: true, external: [...builtinModules] },
      build: {
        ...{ ssr: true, outDir: built, emptyOutDir: false, target: 'node20' },
        rolldownOptions: {
          input: { run: fileURLToPath(new URL('./telling-run.ts', import.meta.url)) },
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    });
    const relay = await serve(folder, { built, flags: ['--max-concurrent-runs', String(runs)] });
    try {
      return await task(relay);
    } finally {
      await relay.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
