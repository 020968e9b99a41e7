// The contract's page: runs cases one after the other in a Worker, and lends the web page's client to tests of it.
import { createClient } from '../../../web/worker/client.ts';
import type { CaseDone, CaseMessage, CaseRequest, CaseResult } from './messages.ts';

let worker: Worker | undefined;
/** Where the heap of DuckDB begins in that Worker, where it is not as usual. */
let workerHeapStart: number | undefined;
/** DuckDB's compiled code, which a Worker hands on to its successor. */
let code: unknown;
/** The address of the server of server.ts, where a test has started one. */
const server = new URL(location.href).searchParams.get('server') ?? '';

window.createClient = createClient;
window.runCase = ask;
window.runDocument = async (document, addresses) => {
  const files: Record<string, Blob> = {};
  for (const [path, address] of Object.entries(addresses)) files[path] = await (await fetch(address)).blob();
  return ask({ document, files });
};

function ask(request: CaseRequest, heapStart?: number): Promise<CaseResult> {
  return new Promise<CaseResult>((resolve) => {
    if (heapStart !== workerHeapStart) {
      worker?.terminate();
      worker = undefined;
    }
    workerHeapStart = heapStart;
    const current = (worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: server }));
    const finish = ({ result, spent, code: compiled = code }: CaseDone): void => {
      code = compiled;
      if (spent) {
        current.terminate();
        worker = undefined;
      }
      resolve(result);
    };
    current.onmessage = ({ data }: MessageEvent<CaseDone>) => finish(data);
    current.onerror = (event) => finish({ result: { error: `The Worker failed: ${event.message}` }, spent: true });
    current.postMessage({ request, code, heapStart } satisfies CaseMessage);
  });
}
