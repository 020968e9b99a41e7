// Stands in for the process of a run and tells events at a pace: what is measured is how they travel. Its document is a
// `Telling` as JSON; each event carries the moment of its making.
import process from 'node:process';
import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises';
import type { RunEventBody } from '../../../shared/protocol/events.ts';
import type { FromChild, ToChild } from '../../../relay/queue/child/messages.ts';
import { Outbox } from '../../../relay/queue/child/outbox.ts';

export interface Telling {
  readonly events: number;
  /** As fast as they are taken in when absent. */
  readonly perSecond?: number;
  /** Milliseconds before the first, in which all who listen can come. */
  readonly after: number;
}

let outbox: Outbox | undefined;

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message: ToChild) => {
  if (message.type === 'run') void tell(message.id, JSON.parse(message.request.submission.document) as Telling);
  if (message.type === 'journaled') outbox?.taken(message.sequence);
});

async function tell(id: string, { events, perSecond, after }: Telling): Promise<void> {
  const box = new Outbox(id, send);
  outbox = box;
  let sequence = 0;
  const put = (event: RunEventBody): void => box.put({ ...event, sequence: sequence++ });
  put({ type: 'run_started' });
  await pause(after);
  const started = performance.now();
  for (let told = 0; told < events; told++) {
    const wait = perSecond === undefined ? 0 : started + (told * 1000) / perSecond - performance.now();
    if (wait > 0) await pause(wait);
    else if (told % 64 === 0) await breath();
    await box.room();
    const message = String(performance.timeOrigin + performance.now());
    put({ type: 'notice', issue: { code: 'type.converted', severity: 'info', message } });
  }
  put({ type: 'run_completed', durationMs: 0 });
  await box.empty();
  process.disconnect();
}

function send(message: FromChild): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
