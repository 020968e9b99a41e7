// Makes the command ready in a clone: installs what is missing, then builds it.
import process from 'node:process';
import { run } from '../process.mjs';
import { installPackages } from './packages.mjs';

await installPackages();
console.log('Building the command, because there is none of these sources yet ...');
const { code } = await run(process.execPath, ['scripts/build.mjs', 'relay']);
process.exitCode = code;
