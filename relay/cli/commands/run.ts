// `sluice run`: here on native DuckDB, or with --executor on a relay or an Aqueducts executor.
import { Command, Option } from 'commander';
import process from 'node:process';
import type { Issue } from '../../../shared/errors.ts';
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
  const document = await readDocument(options);
  const remote = options.executor === undefined ? undefined : await import('../remote/run-there.ts');
  const plan = remote?.submissionOf(document);
  const wrong = errorsOf(document).filter(({ code }) => plan !== 'document' || code !== 'secret.not_found');
  if (wrong.length > 0 && options.output === 'text') throw new Refused(document.loaded.issues, document.quoted);

  const reporter = reporterFor(options, plan === 'substituted' ? undefined : document.quoted);
  const interruption = watchSignals(() => void reporter.report({ type: 'stopping' }));
  const signal = AbortSignal.any([interruption.signal, readerLeft]);
  try {
    const outcome =
      remote && wrong.length === 0
        ? await remote.runThere(document, options, reporter, signal)
        : await (await import('../local/run-here.ts')).runHere(document.loaded, options, reporter, signal);
    if (!readerLeft.aborted) process.exitCode = exitCodeOf(outcome, interruption.exitCode);
  } finally {
    await reporter.close();
    interruption.dispose();
  }
}

function errorsOf({ loaded }: GivenDocument): Issue[] {
  return loaded.issues.filter(({ severity }) => severity === 'error');
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
