// What a start makes of what the last one left. A run that was started never starts again.
import { failure, type Issue } from '../../shared/errors.ts';
import { explainDisk } from '../platform/disk-errors.ts';
import { repairJournal } from './journal/repair.ts';
import { endedBy, interruptedEvent } from './outcome.ts';
import { tidyAll } from './process/work-folder.ts';
import type { Recovery } from './queue.ts';
import type { Registry, RunRecord } from './registry/registry.ts';
import { readRequest, removeRequest, type RunRequest } from './request.ts';
import type { StateDirectory } from './state-directory.ts';

export interface Recovered {
  readonly waiting: readonly { readonly record: RunRecord; readonly submitter: RunRequest['submitter'] }[];
  readonly recovery: Recovery;
}

/**
 * Ends the children of the relay that died, tidies up after them, and settles every run that they left unfinished. One that
 * cannot be settled is told, and the others go on.
 */
export async function recover(
  directory: StateDirectory,
  registry: Registry,
  now: number,
  program: string,
): Promise<Recovered> {
  const notices = (await Promise.all(directory.works.map((work) => tidyAll(work, program)))).flat();
  const waiting: { record: RunRecord; submitter: RunRequest['submitter'] }[] = [];
  let interrupted = 0;
  for (const record of await registry.unfinished()) {
    try {
      const submitter = record.state === 'waiting' ? await waitingSubmitter(record, directory, notices) : undefined;
      if (submitter) waiting.push({ record, submitter });
      else if ((await settle(record, directory, registry, now, notices)) === 'interrupted') interrupted++;
    } catch (thrown) {
      notices.push(unsettled(record.id, thrown));
      if (await giveUp(record, registry, now)) interrupted++;
    }
  }
  notices.push(...(await directory.putStrangersAside(async (id) => (await registry.get(id)) !== undefined)));
  return { waiting, recovery: { waiting: waiting.length, interrupted, notices } };
}

/** Keeps a damaged journal as it is, before it is made whole. */
function keeper(id: string, directory: StateDirectory, notices: Issue[]): () => Promise<void> {
  return async () => {
    const path = await directory.keepJournal(id);
    const { issue } = failure('file.corrupt', `The record of the events of the run ${id} was damaged.`, {
      hint: `The events before the damage were kept, and the file as it was is ${path}.`,
    });
    notices.push({ ...issue, severity: 'warning' });
  };
}

/** Ends a run by its record alone. */
async function giveUp({ id, state }: RunRecord, registry: Registry, now: number): Promise<boolean> {
  const { issue: error } = failure(
    'run.interrupted',
    'The relay stopped while the run went on, and its record is damaged.',
  );
  return registry.transition(id, state, 'interrupted', { endedAt: now, error }).catch(() => false);
}

function unsettled(id: string, thrown: unknown): Issue {
  const { issue } = explainDisk(thrown, `Settling the run ${id}`);
  return { ...issue, severity: 'warning' };
}

/** Undefined for one that was cancelled before the relay died, and for one whose request is gone. */
async function waitingSubmitter(record: RunRecord, directory: StateDirectory, notices: Issue[]) {
  const { id } = record;
  if ((await repairJournal(directory.journal(id), id, { onDamage: keeper(id, directory, notices) })).terminal)
    return undefined;
  try {
    return (await readRequest(id, directory)).submitter;
  } catch (thrown) {
    const { issue } = failure('run.interrupted', `What the run ${id} needs is gone, so it cannot start.`, {
      cause: thrown,
    });
    notices.push({ ...issue, severity: 'warning' });
    return undefined;
  }
}

async function settle(record: RunRecord, directory: StateDirectory, registry: Registry, now: number, notices: Issue[]) {
  const { id, state, startedAt } = record;
  const { lastSequence, rows, terminal } = await repairJournal(directory.journal(id), id, {
    end: (sequence) => interruptedEvent(sequence, startedAt === undefined ? 0 : now - startedAt),
    onDamage: keeper(id, directory, notices),
  });
  const ended = (terminal && endedBy(terminal)) ?? { state: 'interrupted' };
  await removeRequest(id, directory);
  await registry.transition(id, state, ended.state, { endedAt: now, rows, error: ended.error, lastSequence });
  return ended.state;
}
