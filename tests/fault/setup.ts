// Builds what tests start as processes of their own: the child that runs a pipeline, and a small server that only has a
// queue. Into a temporary folder, so that a test never meets what an older source was built to.
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { buildRun } from '../../scripts/build/run.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The process of a run, built as it is for the package. */
    readonly runProgram: string;
    /** The built tests/fault/server.ts. */
    readonly queueServer: string;
  }
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-built-'));
  await chmod(folder, 0o755); // a run may be of another user
  // what is left out of the bundle is found as from the sources
  await symlink(here('../../node_modules'), join(folder, 'node_modules'), 'junction');
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['@duckdb/node-api', '@duckdb/node-bindings', ...builtinModules] },
    build: {
      ssr: true,
      outDir: join(folder, 'built'),
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: { server: here('server.ts') },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  await buildRun(join(folder, 'built'));
  project.provide('runProgram', join(folder, 'built', 'run.cjs'));
  project.provide('queueServer', join(folder, 'built', 'server.mjs'));
  return () => rm(folder, { recursive: true, force: true });
}
