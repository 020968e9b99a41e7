// `sluice cancel`: ends a run on a relay or an Aqueducts executor.
import { Command } from 'commander';
import process from 'node:process';
import { SluiceError } from '../../../shared/errors.ts';
import { fromExecutor } from '../../../shared/protocol/aqueducts.ts';
import type { FromRelay } from '../../../shared/protocol/relay/messages.ts';
import { withExecutor, type ExecutorOptions } from '../input/executor.ts';
import { connect, type Connection } from '../remote/connect.ts';
import { lost } from '../../../shared/protocol/relay/inbox.ts';
import { parseRunId } from '../remote/run-id.ts';
import { relayOf } from '../remote/relay.ts';
import { diagnosticText } from '../../text/diagnostic.ts';
import { paintFor, print, printError } from '../streams.ts';

/** Milliseconds in which an executor that confirms cancels has done so; stock ones do not. */
const patience = 3000;

interface CancelOptions extends ExecutorOptions {
  readonly executionId: string;
}

export function cancelCommand(): Command {
  const command = new Command('cancel')
    .description('end a run on a relay or an Aqueducts executor')
    .requiredOption('-e, --execution-id <uuid>', 'the run, as `sluice run` told it');
  return withExecutor(command, true).action(cancel);
}

async function cancel(options: CancelOptions): Promise<void> {
  const run = parseRunId(options.executionId);
  const relay = await relayOf(options, (issue) =>
    printError(diagnosticText(issue, undefined, paintFor(process.stderr))),
  );
  const connection = await connect(relay, new AbortController().signal, ['sluice', 'aqueducts']);
  try {
    await (connection.protocol === 'sluice' ? cancelOnRelay : cancelOnExecutor)(connection, run);
  } finally {
    connection.close();
  }
}

async function cancelOnRelay(connection: Connection, run: string): Promise<void> {
  await connection.send({ type: 'cancel', request: 1, run });
  for (;;) {
    const next = await connection.inbox.next();
    if (next === undefined) continue;
    if ('code' in next) throw lost(next);
    const message = next.message as FromRelay;
    if (message.type === 'refused') throw new SluiceError(message.issue);
    if (message.type !== 'cancelling') continue;
    await print(message.ended ? `${run} had ended already; there was nothing to cancel.\n` : `Cancelled ${run}\n`);
    return;
  }
}

async function cancelOnExecutor(connection: Connection, run: string): Promise<void> {
  await connection.send({ type: 'cancel_request', execution_id: run });
  const signal = AbortSignal.timeout(patience);
  for (;;) {
    const next = await connection.inbox.next(signal);
    if (next === undefined) break;
    if ('code' in next) throw lost(next);
    const { data } = fromExecutor.safeParse(next.message);
    if (data?.type === 'cancel_response') return print(`Cancelled ${run}\n`);
  }
  await printError(`The executor was asked to cancel ${run} and does not confirm it, as stock executors do.\n`);
}
