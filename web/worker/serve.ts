// Answers the page's calls (shared/protocol/worker.ts) in the Worker that hosts DuckDB and the runs.
import { asSluiceError } from '../../shared/errors.ts';
import type { FromWorker, ToWorker, WorkerCall, WorkerCalls } from '../../shared/protocol/worker.ts';
import { idOf, parseRequest } from './requests.ts';
import { Session } from './session.ts';
import { transferable } from './transfer.ts';

type Post = (message: FromWorker, transfer: Transferable[]) => void;
type Output<Name extends WorkerCall> = WorkerCalls[Name]['output'];
type Calls = {
  readonly [Name in WorkerCall]: (input: WorkerCalls[Name]['input']) => Output<Name> | Promise<Output<Name>>;
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
  const calls = callsOf(session);

  const answer = async (message: unknown): Promise<void> => {
    try {
      const request = parseRequest(message);
      const [output, buffers] = transferable(await perform(calls, request));
      post({ kind: 'result', id: request.id, output }, buffers);
    } catch (thrown) {
      const id = idOf(message);
      if (id === undefined) die(thrown);
      else post({ kind: 'failure', id, issue: asSluiceError(thrown).issue }, []);
    }
  };
  return (message) => void answer(message);
}

function callsOf(session: Session): Calls {
  const { workspace } = session;
  return {
    open: (input) => session.open(input),
    run: (input) => session.run(input),
    cancel: () => session.cancel(),
    preview: (input) => session.preview(input),
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

async function perform(calls: Calls, { call, input }: ToWorker): Promise<Output<WorkerCall>> {
  return calls[call](input as never);
}
