// What is given back when something fails on the way: all of it, and the real error is the one that is told.
import { expect, it } from 'vitest';
import { failure } from '../errors.ts';
import { load } from '../pipeline/load.ts';
import type { Engine, OpenFile, Platform } from '../platform.ts';
import type { RunEvent } from '../protocol/events.ts';
import { previewFile } from './file-preview.ts';
import { planPipeline } from './plan.ts';
import { runPipeline } from './run.ts';

/** Files that count how many are open, on an engine that is gone. */
function gone(close: () => Promise<void>): Platform {
  const refuse = (): Promise<never> => Promise.reject(failure('engine.closed', 'The engine was closed.'));
  const engine = {
    formats: new Set(['csv']),
    query: refuse,
    describe: refuse,
    execute: refuse,
    bind: refuse,
  } as unknown;
  const open = (location: string): Promise<OpenFile> => {
    const read = (): Promise<Uint8Array> => Promise.reject(failure('file.failed', `${location} cannot be read.`));
    const file = {
      location,
      size: 10,
      engineName: location,
      read,
      close,
      stream: () => ({ [Symbol.asyncIterator]: () => ({ next: read }) }),
    };
    return Promise.resolve(file as unknown as OpenFile);
  };
  return { kind: 'relay', engine: engine as Engine, files: { open } } as unknown as Platform;
}

const document = `sources:
  - { type: file, name: a, location: a.csv, format: csv }
  - { type: file, name: b, location: b.csv, format: csv }
stages: [[{ name: c, query: SELECT 1 }]]
`;

/** Closing that fails the first time; answers how often it was asked for. */
function failing(): { close: () => Promise<void>; closed: () => number } {
  let count = 0;
  const close = (): Promise<void> =>
    ++count === 1 ? Promise.reject(failure('internal', 'It cannot be closed.')) : Promise.resolve();
  return { close, closed: () => count };
}

it('a run closes every file although one cannot be closed, and tells its own error last', async () => {
  const { close, closed } = failing();
  const events: RunEvent[] = [];
  await runPipeline(load(document, {}), gone(close), { emit: (event) => events.push(event) });
  expect(closed()).toBe(2);
  expect(events.at(-1)).toMatchObject({ type: 'run_failed', issue: { code: 'file.failed' } });
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'notice', issue: expect.objectContaining({ severity: 'warning' }) as unknown }),
  );
});

it('a plan closes every file although one cannot be closed', async () => {
  const { close, closed } = failing();
  await expect(planPipeline(load(document, {}), gone(close))).rejects.toBeDefined();
  expect(closed()).toBe(2);
});

it('a preview tells why the file cannot be shown, not that nothing could be dropped afterwards', async () => {
  const platform = gone(() => Promise.resolve());
  const file = await platform.files.open('a.csv');
  await expect(previewFile(platform, file, {})).rejects.toMatchObject({ code: 'file.failed' });
});
