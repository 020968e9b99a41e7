// `npm start`: installs what is missing, builds when the sources have changed, and serves the page on
// http://127.0.0.1:3031. Plain Node, because on a fresh clone nothing is installed yet.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { run } from './process.mjs';
import { requireNode } from './setup/node.mjs';
import { installPackages } from './setup/packages.mjs';
import { stopWithNpm } from './setup/parent.mjs';
import { staleParts } from './setup/stamp.mjs';

requireNode();
stopWithNpm();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await installPackages();
const stale = staleParts(['page', 'relay']);
if (stale.length === 0) {
  console.log('The page is already built from these sources.');
} else {
  console.log('Building the page, because there is none of these sources yet ...');
  const { code } = await run(process.execPath, ['scripts/build.mjs', ...stale]);
  if (code !== 0) process.exit(code);
}
// the server runs in this very process, so that no signal has to be passed on and nothing can be left behind
await import(new URL('../dist/relay/server.js', import.meta.url).href);
