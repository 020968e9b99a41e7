#!/usr/bin/env -S node --
// The command `sluice` as npm links it. A package has everything built beside this file; in a clone it is built here when
// the sources have changed, and what is said of that goes to standard error, for standard output is data.
// Without the `--` above, Node 20 takes our --env-file for its own: it would load the secrets into the environment.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (existsSync(new URL('build.mjs', import.meta.url))) {
  const { requireNode } = await import('./setup/node.mjs');
  requireNode();
  await prepareClone();
}
await import(new URL('../dist/relay/sluice.js', import.meta.url).href);

async function prepareClone() {
  const { staleParts } = await import('./setup/stamp.mjs');
  const { stopWithNpm } = await import('./setup/parent.mjs');
  const working = process.cwd();
  process.chdir(root);
  const isStale = staleParts(['relay']).length > 0;
  process.chdir(working);
  if (isStale) {
    const build = ['scripts/setup/command.mjs'];
    const { status } = spawnSync(process.execPath, build, { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) process.exit(status ?? 1);
  }
  stopWithNpm();
}
