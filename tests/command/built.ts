// The command as it is built for the package, in a temporary folder; made once for all tests of a process.
import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { buildRelay } from '../../scripts/build/relay.mjs';

let built: Promise<string> | undefined;

/** The path of the built command. */
export function builtCommand(): Promise<string> {
  return (built ??= build());
}

async function build(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-built-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  await buildRelay(join(folder, 'dist/relay'));
  await cp('package.json', join(folder, 'package.json'));
  return join(folder, 'dist/relay/sluice.js');
}
