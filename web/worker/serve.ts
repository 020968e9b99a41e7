// Answers the page's calls (shared/protocol/worker.ts) in the Worker that hosts DuckDB and the runs.
import { asSluiceError, failure } from '../../shared/errors.ts';
import type { CallProgress, FromWorker, ToWorker, WorkerCall, WorkerCalls } from '../../shared/protocol/worker.ts';
import type { CallWork } from './looks.ts';
import { idOf, parseRequest } from './requests.ts';
import { Session } from './session.ts';
import { transferable } from './transfer.ts';

type Post = (message: FromWorker, transfer: Transferable[]) => void;
type Output<Name extends WorkerCall> = WorkerCalls[Name]['output'];
type Calls = {
  readonly [Name in WorkerCall]: (
    input: WorkerCalls[Name]['input'],
    work: CallWork,
  ) => Output<Name> | Promise<Output<Name>>;
};

/** What receives the page's messages from now on; `die` is told what leaves the Worker without use. */
export function serve(post: Post, die: (reason: unknown) => void): (message: unknown) => void {
  const session = new Session({
    onEvent: (event) => {
      const [sent, buffers] = transferable(event);
      post({ kind: 'event', event: sent }, buffers);
    },
    onDeath: die,
  });
  const underWay = new Map<number, AbortController>();
  const calls = callsOf(session, (id) => underWay.get(id)?.abort());

  const answer = async (message: unknown): Promise<void> => {
    const id = idOf(message);
    if (id === undefined) {
      die(failure('protocol.invalid', 'The Worker was sent a message without a number to answer to.'));
      return;
    }
    const controller = new AbortController();
    underWay.set(id, controller);
    try {
      const onProgress = (progress: CallProgress): void => post({ kind: 'progress', id, progress }, []);
      const [output, buffers] = transferable(
        await perform(calls, parseRequest(message), { signal: controller.signal, onProgress }),
      );
      post({ kind: 'result', id, output }, buffers);
    } catch (thrown) {
      post({ kind: 'failure', id, issue: asSluiceError(thrown).issue }, []);
    } finally {
      underWay.delete(id);
    }
  };
  return (message) => void answer(message);
}

function callsOf(session: Session, abandon: (call: number) => void): Calls {
  const { workspace } = session;
  return {
    open: (input, work) => session.open(input, work.onProgress),
    run: (input) => session.run(input),
    cancel: () => session.cancel(),
    abandon: ({ call }) => {
      abandon(call);
      return null;
    },
    plan: async (input, work) => (await session.looks()).plan(input, work),
    rows: async (input, work) => (await session.looks()).rows(input, work),
    exportRows: async (input, work) => (await session.looks()).exportRows(input, work),
    previewFile: async (input, work) => (await session.looks()).previewFile(input, work),
    zipFolder: async (input, work) => (await session.looks()).zipFolder(input, work),
    listTables: async () => (await session.looks()).listTables(),
    removeTable: async (input, work) => (await session.looks()).removeTable(input, work),
    addFiles: (input) => {
      workspace.added.add(input);
      return null;
    },
    removeFile: async ({ path, kind }) => {
      await workspace.remove(path, kind);
      return null;
    },
    listFiles: () => workspace.list(),
    readFile: ({ path }) => workspace.blob(path),
  };
}

async function perform(calls: Calls, { call, input }: ToWorker, work: CallWork): Promise<Output<WorkerCall>> {
  return calls[call](input as never, work);
}
