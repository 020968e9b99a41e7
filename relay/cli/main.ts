// The entry of the command `sluice`. Built to dist/relay/sluice.js.
import { CommanderError } from 'commander';
import process from 'node:process';
import { asSluiceError, SluiceError } from '../../shared/errors.ts';
import { diagnosticText } from '../text/diagnostic.ts';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { Refused } from './refused.ts';
import { paintFor, printError, readerLeft, watchStreams } from './streams.ts';

async function main(): Promise<void> {
  const [, , ...words] = process.argv;
  process.title = 'sluice'; // what was typed, keys and values, is no longer in the process list
  watchStreams();
  try {
    await createProgram().parseAsync(words, { from: 'user' });
  } catch (thrown) {
    if (readerLeft.aborted) return;
    if (thrown instanceof CommanderError) {
      process.exitCode = thrown.exitCode === 0 ? exitCodes.success : exitCodes.usage;
      return;
    }
    const isUsage = thrown instanceof SluiceError && thrown.code === 'command.usage';
    process.exitCode = isUsage ? exitCodes.usage : exitCodes.failure;
    await explain(thrown);
  }
}

async function explain(thrown: unknown): Promise<void> {
  const paint = paintFor(process.stderr);
  if (thrown instanceof Refused) {
    for (const issue of thrown.issues) await printError(diagnosticText(issue, thrown.quoted, paint));
  } else {
    await printError(diagnosticText(asSluiceError(thrown).issue, undefined, paint));
  }
}

await main();
