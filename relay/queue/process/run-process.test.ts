import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../../shared/protocol/relay/frames.ts';
import { Journal } from '../journal/journal.ts';
import { readJournal } from '../journal/read.ts';
import type { QueueOptions } from '../options.ts';
import type { ChildProcess, Exit } from './child-process.ts';
import { RunProcess } from './run-process.ts';

/** A process that goes on until it is killed, and whose folder takes without end to be removed. */
function endlessChild(): ChildProcess {
  let tellExit: (exit: Exit) => void = () => undefined;
  const exited = new Promise<Exit>((resolve) => (tellExit = resolve));
  return {
    ...{ pid: undefined, exited, folder: { temporary: '/nowhere' } },
    ...{ onMessage: () => undefined, send: () => undefined },
    kill: () => tellExit({ code: null, signal: 'SIGKILL' }),
    dispose: () => new Promise(() => undefined),
  } as unknown as ChildProcess;
}

describe('the end of a run is told while what it left is still being removed', () => {
  it.each([
    ['its time is over', { timeLimitMs: 1 }, 'run_failed', 'run.limit'],
    ['it is cancelled', {}, 'run_cancelled', undefined],
  ] as const)('when %s', async (_, limits, type, code) => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-run-process-'));
    const path = join(folder, 'run.events');
    const journal = new Journal(path, 1_000_000);
    const options: QueueOptions = {
      ...{ stateDirectory: folder, program: '', maxConcurrentRuns: 1, maxQueuedRuns: 1, platform: { directories: [] } },
      ...{ retention: { maxRuns: 1, maxAgeMs: 1 }, log: pino({ level: 'silent' }), ...limits },
    };
    const run = new RunProcess({
      ...{ id: 'a', request: {} as never, journal, child: endlessChild(), options, onParameters: () => undefined },
      giveUp: new AbortController().signal,
    });
    if (type === 'run_cancelled') run.cancel();
    expect((await run.finished).state).toBe(code === undefined ? 'cancelled' : 'failed');
    const events: unknown[] = [];
    for await (const { frame } of readJournal(path, -1, new AbortController().signal, journal)) {
      events.push((decodeFrame(frame) as { event: unknown }).event);
    }
    expect(events).toMatchObject([{ type, ...(code === undefined ? {} : { issue: { code } }) }]);
    await journal.close();
    await rm(folder, { recursive: true });
  });
});
