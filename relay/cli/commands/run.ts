// `sluice run`: here on native DuckDB, or with --executor on a relay or an Aqueducts executor.
import { Command, Option } from 'commander';
import process from 'node:process';
import { exitCodes } from '../exit-codes.ts';
import { readDocument, withDocument, type DocumentOptions, type GivenDocument } from '../input/document.ts';
import { withExecutor, type ExecutorOptions } from '../input/executor.ts';
import { watchSignals } from '../interruption.ts';
import type { LocalOptions } from '../local/run-here.ts';
import { JsonReporter } from '../output/json-reporter.ts';
import { LiveReporter } from '../output/live-reporter.ts';
import type { Outcome, Reporter } from '../output/report.ts';
import { TextReporter } from '../output/text-reporter.ts';
import { Refused } from '../refused.ts';
import { canDraw, readerLeft } from '../streams.ts';
import {
  logLevelOption,
  memoryOption,
  outputOption,
  threadsOption,
  type LogOptions,
  type OutputForm,
} from './shared-options.ts';

interface RunOptions extends DocumentOptions, ExecutorOptions, LocalOptions, LogOptions {
  readonly output: OutputForm;
  readonly whenLeft: 'continue' | 'cancel';
}

export function runCommand(): Command {
  const command = new Command('run').description('run a pipeline here, or on a relay with --executor');
  withExecutor(withDocument(command), false)
    .addOption(
      new Option('--when-left <what>', 'what a relay does with the run when this command dies')
        .choices(['continue', 'cancel'])
        .default('continue'),
    )
    .addOption(outputOption('text, or a JSON object a line for each event'))
    .addOption(logLevelOption())
    .addOption(memoryOption())
    .addOption(threadsOption());
  return command.action(run);
}

async function run(options: RunOptions): Promise<void> {
  const isRemote = options.executor !== undefined;
  const document = await readDocument(options, !isRemote);
  const isWrong = document.loaded.pipeline === undefined;
  if (isWrong && options.output === 'text') throw new Refused(document.loaded.issues, document.quoted);

  const reporter = reporterFor(options, isRemote && document.secrets ? undefined : document.quoted);
  const interruption = watchSignals(() => void reporter.report({ type: 'stopping' }));
  const signal = AbortSignal.any([interruption.signal, readerLeft]);
  try {
    const outcome = await (isRemote && !isWrong
      ? (await import('../remote/run-there.ts')).runThere(document, options, reporter, signal)
      : (await import('../local/run-here.ts')).runHere(document.loaded, options, reporter, signal));
    if (!readerLeft.aborted) process.exitCode = exitCodeOf(outcome, interruption.exitCode);
  } finally {
    await reporter.close();
    interruption.dispose();
  }
}

function reporterFor({ output, logLevel: level }: RunOptions, quoted: GivenDocument['quoted'] | undefined): Reporter {
  if (output === 'json') return new JsonReporter();
  const text = new TextReporter({ level, quoted });
  return canDraw() ? new LiveReporter(text) : text;
}

function exitCodeOf(outcome: Outcome, interrupted: number | undefined): number {
  if (outcome === 'succeeded') return exitCodes.success;
  return outcome === 'cancelled' ? (interrupted ?? exitCodes.failure) : exitCodes.failure;
}
