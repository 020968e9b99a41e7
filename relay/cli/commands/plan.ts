// `sluice plan`: what a run would read, compute, write and contact, and where it can run. Reads no more than inference needs.
import { Command } from 'commander';
import process from 'node:process';
import type { Issue } from '../../../shared/errors.ts';
import type { PlanAnswer } from '../../../shared/protocol/worker.ts';
import { planPipeline } from '../../../shared/run/plan.ts';
import { diagnosticText, type QuotedText } from '../../text/diagnostic.ts';
import { exitCodes } from '../exit-codes.ts';
import { readDocument, withDocument, type DocumentOptions, type GivenDocument } from '../input/document.ts';
import { withExecutor, type ExecutorOptions } from '../input/executor.ts';
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

interface PlanOptions extends DocumentOptions, ExecutorOptions, LocalOptions, LogOptions {
  readonly output: OutputForm;
}

export function planCommand(): Command {
  const words = 'tell what a run would read, write and contact, here or with --executor on a relay';
  return withExecutor(withDocument(new Command('plan').description(words)), false)
    .addOption(outputOption('text, or one JSON object: {plan, issues}'))
    .addOption(logLevelOption())
    .addOption(memoryOption())
    .addOption(threadsOption())
    .action(plan);
}

async function plan(options: PlanOptions): Promise<void> {
  const isRemote = options.executor !== undefined;
  const document = await readDocument(options, !isRemote);
  const interruption = watchSignals(() => void printError(stopping));
  const { pipeline, issues } = document.loaded;
  let answer: PlanAnswer = { issues };
  try {
    if (pipeline) answer = await (isRemote ? planOnRelay : planHere)(document, options, interruption.signal);
  } finally {
    interruption.dispose();
  }
  if (options.output === 'json') await print(`${jsonText(answer, 2)}\n`);
  // what is sent with its secrets in place is another text than the one that could be quoted
  else await show(answer, options, isRemote && document.secrets ? undefined : document.quoted);
  if (!answer.plan) process.exitCode = exitCodes.failure;
}

async function planHere({ loaded }: GivenDocument, options: PlanOptions, signal: AbortSignal): Promise<PlanAnswer> {
  const { openPlatform } = await import('../../library/platform.ts');
  const { memoryLimit, threads } = options;
  const platform = await openPlatform({ directories: 'everything', memoryLimit, threads });
  try {
    return await planPipeline(loaded, platform, { signal });
  } finally {
    await platform.close();
  }
}

async function planOnRelay(document: GivenDocument, options: PlanOptions, signal: AbortSignal): Promise<PlanAnswer> {
  const [{ planThere }, { relayOf }] = await Promise.all([
    import('../remote/plan-there.ts'),
    import('../remote/relay.ts'),
  ]);
  const relay = await relayOf(options, (issue) => tell(issue, options, undefined));
  return planThere(document, relay, signal);
}

async function show(answer: PlanAnswer, options: PlanOptions, quoted: QuotedText | undefined): Promise<void> {
  for (const issue of answer.issues) await tell(issue, options, quoted);
  if (answer.plan) await print(planText(answer.plan, paintFor(process.stdout)));
}

async function tell(issue: Issue, { logLevel }: PlanOptions, quoted: QuotedText | undefined): Promise<void> {
  if (isTold(levelOf[issue.severity], logLevel)) {
    await printError(diagnosticText(issue, quoted, paintFor(process.stderr)));
  }
}
