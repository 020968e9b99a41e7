// `sluice plan`: what a run would read, compute, write and contact, and where it can run. Reads no more than inference needs.
import { Command } from 'commander';
import process from 'node:process';
import type { Plan } from '../../../shared/protocol/plan.ts';
import type { PlanAnswer } from '../../../shared/protocol/worker.ts';
import { planPipeline } from '../../../shared/run/plan.ts';
import { diagnosticText } from '../../text/diagnostic.ts';
import { exitCodes } from '../exit-codes.ts';
import { readDocument, withDocument, type DocumentOptions } from '../input/document.ts';
import { watchSignals } from '../interruption.ts';
import type { LocalOptions } from '../local/run-here.ts';
import { stopping } from '../output/event-lines.ts';
import { isTold, levelOf } from '../output/log-level.ts';
import { jsonText } from '../output/json-reporter.ts';
import { planText } from '../output/plan-text.ts';
import { paintFor, print, printError } from '../streams.ts';
import {
  logLevelOption,
  memoryOption,
  outputOption,
  threadsOption,
  type LogOptions,
  type OutputForm,
} from './shared-options.ts';

interface PlanOptions extends DocumentOptions, LocalOptions, LogOptions {
  readonly output: OutputForm;
}

export function planCommand(): Command {
  return withDocument(
    new Command('plan').description('tell what a run would read, write and contact, and where it can run'),
  )
    .addOption(outputOption('text, or one JSON object: {plan, issues}'))
    .addOption(logLevelOption())
    .addOption(memoryOption())
    .addOption(threadsOption())
    .action(plan);
}

async function plan(options: PlanOptions): Promise<void> {
  const { loaded, quoted } = await readDocument(options, true);
  const { openPlatform } = await import('../../library/platform.ts');
  const interruption = watchSignals(() => void printError(stopping));
  const platform = await openPlatform({
    directories: 'everything',
    memoryLimit: options.memoryLimit,
    threads: options.threads,
  });
  let answer: PlanAnswer;
  try {
    answer = await planPipeline(loaded, platform, { signal: interruption.signal });
  } finally {
    await platform.close();
    interruption.dispose();
  }
  if (options.output === 'json') await print(`${jsonText(answer, 2)}\n`);
  else await show(answer.plan, answer, options, quoted);
  if (!answer.plan) process.exitCode = exitCodes.failure;
}

async function show(
  found: Plan | undefined,
  { issues }: PlanAnswer,
  { logLevel }: PlanOptions,
  quoted: Parameters<typeof diagnosticText>[1],
): Promise<void> {
  for (const issue of issues) {
    const told = isTold(levelOf[issue.severity], logLevel);
    if (told) await printError(diagnosticText(issue, quoted, paintFor(process.stderr)));
  }
  if (found) await print(planText(found, paintFor(process.stdout)));
}
