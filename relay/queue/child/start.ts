// What the process of a run is started with: loads the built program beside this file, with the code that V8 kept of it
// when it was built. V8 itself refuses code of another version, other flags or another text; then it compiles anew.
// Node's own `enableCompileCache` came with Node 22, and takes code from whoever may write into a folder.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { Script } from 'node:vm';

/** Asks a process that was started with this word to write its code down; only scripts/build/run.mjs does. */
const keepCode = 'keep-code';

const folder = import.meta.dirname;
const filename = join(folder, 'run-program.cjs');
const kept = join(folder, 'run-program.code');
const keeping = process.argv.includes(keepCode);

const script = new Script(Module.wrap(readFileSync(filename, 'utf8')), {
  filename,
  ...(keeping || !existsSync(kept) ? {} : { cachedData: readFileSync(kept) }),
});
const program = { exports: {} };
const start = script.runInThisContext() as (exports: object, require: NodeJS.Require, module: object) => void;
start(program.exports, createRequire(filename), program);

if (keeping) {
  process.on('message', (message) => {
    if (message === keepCode) writeFileSync(kept, script.createCachedData());
  });
}
