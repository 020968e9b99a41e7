// The contract's page: runs cases one after the other in a Worker, and lends the web page's client to tests of it.
import { createClient } from '../../../web/worker/client.ts';
import type { CaseDone, CaseResult } from './messages.ts';

let worker: Worker | undefined;

window.createClient = createClient;
window.runCase = (name) =>
  new Promise<CaseResult>((resolve) => {
    const current = (worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
    const finish = ({ result, spent }: CaseDone): void => {
      if (spent) {
        current.terminate();
        worker = undefined;
      }
      resolve(result);
    };
    current.onmessage = ({ data }: MessageEvent<CaseDone>) => finish(data);
    current.onerror = (event) => finish({ result: { error: `The Worker failed: ${event.message}` }, spent: true });
    current.postMessage(name);
  });
