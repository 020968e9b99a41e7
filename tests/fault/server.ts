// A relay that is nothing but a queue, to be killed: opens the state directory, submits the runs that it is told on its
// standard input, a JSON line each, and says what was accepted and what has ended.
import { createInterface } from 'node:readline';
import process from 'node:process';
import { pino } from 'pino';
import { openQueue, type QueueOptions } from '../../relay/queue/open.ts';
import type { RunSubmission } from '../../shared/protocol/relay/runs.ts';
import { messageOf } from '../../shared/errors.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as Omit<QueueOptions, 'log'>;
const { queue, recovery } = await openQueue({ ...options, log: pino({ level: 'silent' }) });
say({ type: 'open', recovery });
for await (const line of createInterface({ input: process.stdin })) {
  void accept(JSON.parse(line) as RunSubmission);
}
await queue.close();

async function accept(submission: RunSubmission): Promise<void> {
  try {
    const { id } = await queue.submit(submission, { name: 'test' });
    say({ type: 'accepted', id });
    for await (const { terminal } of queue.events(id, -1, new AbortController().signal)) {
      if (terminal) say({ type: 'ended', id });
    }
  } catch (thrown) {
    say({ type: 'failed', message: messageOf(thrown) });
  }
}

function say(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
