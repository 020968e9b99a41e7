// The Worker's entry, kept small: it takes a Web Lock that it holds for as long as it lives, so that the page learns of
// its end whatever the cause, and only then loads the rest. Nothing thrown here is lost: it becomes `died`.
import { asSluiceError, failure } from '../../shared/errors.ts';
import type { FromWorker } from '../../shared/protocol/worker.ts';
import { holdLock } from '../platform/temporary.ts';

const early: unknown[] = [];
let receive = (message: unknown): void => void early.push(message);

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => receive(data));
self.addEventListener('error', (event) => {
  event.preventDefault();
  die(event.error ?? event.message);
});
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  die(event.reason);
});

const lock = `sluice-worker-${crypto.randomUUID()}`;
await holdLock(lock);
post({ kind: 'ready', lock });

const { serve } = await import('./serve.ts');
receive = serve(post, die);
for (const message of early) receive(message);

function die(reason: unknown): void {
  const error = asSluiceError(reason, 'engine.died', 'The Worker that runs the pipeline failed.');
  const { issue } = error.code === 'engine.died' ? error : failure('engine.died', error.message, { cause: reason });
  post({ kind: 'died', issue });
}

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}
