// The process of one run. It ends itself when the relay is gone; the relay ends it when it does not.
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { asSluiceError } from '../../../shared/errors.ts';
import type { Platform } from '../../../shared/platform.ts';
import { runPipeline } from '../../../shared/run/run.ts';
import { openRelayPlatform } from '../../platform/index.ts';
import { loadRequest, shownParameters } from './document.ts';
import { beat, type FromChild, type Preparation, type ToChild } from './messages.ts';
import { Outbox } from './outbox.ts';
import { paced } from './paced.ts';
import { plan } from './plan.ts';
import type { RunRequest } from '../request.ts';

// Native threads would go on: nothing is to be tidied up that the relay does not tidy up as well.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const cancelling = new AbortController();
let platform: Promise<Platform> | undefined;
let outbox: Outbox | undefined;

process.on('message', (message: ToChild) => {
  switch (message.type) {
    case 'prepare':
      platform = prepare(message.options);
      // it is told when the run comes
      platform.catch(() => undefined);
      return;
    case 'run':
      void run(message.id, message.request);
      return;
    case 'plan':
      void answer(message.request);
      return;
    case 'cancel':
      cancelling.abort();
      return;
    case 'journaled':
      outbox?.taken(message.sequence);
  }
});
setInterval(() => send({ type: 'alive' }), beat).unref();

async function prepare(options: Preparation): Promise<Platform> {
  // Where memory runs out, this is what the system ends, not the relay. Elsewhere than on Linux there is no such file.
  await writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined);
  return openRelayPlatform(options);
}

async function run(id: string, request: RunRequest): Promise<void> {
  const started = performance.now();
  const box = new Outbox(id, send);
  outbox = box;
  const loaded = loadRequest(request);
  send({ type: 'parameters', parameters: shownParameters(request, loaded) });
  let opened: Platform | undefined;
  try {
    opened = await platform;
    if (!opened) throw new Error('A run came before its platform.');
    const { preview } = request.submission;
    await runPipeline(
      loaded,
      paced(opened, () => box.room()),
      {
        ...{ emit: (event) => box.put(event), signal: cancelling.signal, singleRun: true },
        ...(preview > 0 ? { preview } : {}),
      },
    );
  } catch (thrown) {
    const { issue } = asSluiceError(thrown);
    box.put({ type: 'run_started', sequence: 0 });
    box.put({ type: 'run_failed', issue, durationMs: Math.round(performance.now() - started), sequence: 1 });
  }
  await Promise.all([box.empty(), opened?.close()]);
  process.disconnect();
}

async function answer(request: RunRequest): Promise<void> {
  if (!platform) throw new Error('A plan came before its platform.');
  send(await plan(request, platform));
}

function send(message: FromChild): void {
  // A relay that is gone is noticed by the disconnect.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
