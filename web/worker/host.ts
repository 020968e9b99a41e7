// The Worker: it hosts DuckDB and the runs, and answers the page's calls. It holds a Web Lock for as long as it lives,
// so that the page learns of its end, whatever the cause. Nothing thrown here is lost: it becomes an answer or `died`.
import { asSluiceError, failure } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { FromWorker, ToWorker, WorkerCall, WorkerCalls } from '../../shared/protocol/worker.ts';
import { holdLock } from '../platform/temporary.ts';
import { idOf, parseRequest } from './requests.ts';
import { Session } from './session.ts';
import { transferable } from './transfer.ts';

const session = new Session({
  onEvent: (event: RunEvent) => {
    const [sent, buffers] = transferable(event);
    post({ kind: 'event', event: sent }, buffers);
  },
  onDeath: die,
});

const calls: { [Name in WorkerCall]: (input: WorkerCalls[Name]['input']) => Output<Name> | Promise<Output<Name>> } = {
  open: (input) => session.open(input),
  run: (input) => session.run(input),
  cancel: () => session.cancel(),
  preview: (input) => session.preview(input),
  addFiles: (input) => {
    session.workspace.added.add(input);
    return null;
  },
  removeFile: async ({ path, kind }) => {
    await session.workspace.remove(path, kind);
    return null;
  },
  listFiles: () => session.workspace.list(),
  readFile: ({ path }) => session.workspace.blob(path),
};

type Output<Name extends WorkerCall> = WorkerCalls[Name]['output'];

self.addEventListener('error', (event) => {
  event.preventDefault();
  die(event.error ?? event.message);
});
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  die(event.reason);
});
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => void answer(data));

const lock = `sluice-worker-${crypto.randomUUID()}`;
await holdLock(lock);
post({ kind: 'ready', lock });

async function answer(message: unknown): Promise<void> {
  try {
    const request = parseRequest(message);
    const output = await perform(request);
    const [sent, buffers] = transferable(output);
    post({ kind: 'result', id: request.id, output: sent }, buffers);
  } catch (thrown) {
    const { issue } = asSluiceError(thrown);
    const id = idOf(message);
    if (id === undefined) die(thrown);
    else post({ kind: 'failure', id, issue });
  }
}

async function perform({ call, input }: ToWorker): Promise<Output<WorkerCall>> {
  return calls[call](input as never);
}

function die(reason: unknown): void {
  const error = asSluiceError(reason, 'engine.died', 'The Worker that runs the pipeline failed.');
  const { issue } = error.code === 'engine.died' ? error : failure('engine.died', error.message, { cause: reason });
  post({ kind: 'died', issue });
}

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}
