// parquet-wasm in a Worker of its own for each file that is written: it works beside DuckDB, and a panic (which never
// settles its promise), memory that never shrinks and a cancelled run all end with the Worker.
import { initSync, Table } from 'parquet-wasm';
import { messageOf } from '../../../shared/errors.ts';
import { Encoder } from './encoder.ts';
import type { FromCodec, ToCodec } from './messages.ts';

let encoder: Encoder | undefined;
let turn: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToCodec>) => {
  turn = turn
    .then(() => handle(data))
    .then(post, (thrown: unknown) => post({ kind: 'failed', message: messageOf(thrown) }));
};

async function handle(request: ToCodec): Promise<FromCodec | undefined> {
  switch (request.kind) {
    case 'start':
      initSync({ module: request.module });
      return undefined;
    case 'write':
      encoder = new Encoder(request.options);
      return { kind: 'done' };
    case 'append':
      for (const batch of Table.fromIPCStream(request.batches).recordBatches()) await encoder?.append(batch);
      return { kind: 'bytes', pieces: encoder?.take() ?? [] };
    case 'finish':
      await encoder?.finish();
      return { kind: 'bytes', pieces: encoder?.take() ?? [] };
  }
}

function post(answer: FromCodec | undefined): void {
  if (!answer) return;
  const pieces = answer.kind === 'bytes' ? answer.pieces : [];
  self.postMessage(answer, { transfer: [...new Set(pieces.map((piece) => piece.buffer as ArrayBuffer))] });
}
