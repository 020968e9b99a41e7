// parquet-wasm in a Worker of its own for each file that is read or written: it works beside DuckDB, and a panic (which
// never settles its promise), memory that never shrinks and a cancelled read all end with the Worker.
import { initSync, ParquetFile, Table, type RecordBatch } from 'parquet-wasm';
import { messageOf } from '../../../shared/errors.ts';
import { Encoder } from './encoder.ts';
import type { FromCodec, ToCodec } from './messages.ts';

let batches: AsyncGenerator<RecordBatch> | undefined;
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
    case 'read':
      batches = read(request.file, request.columns, request.batchSize);
      return { kind: 'done' };
    case 'next': {
      const step = await batches?.next();
      return step?.done === false ? { kind: 'batch', batch: step.value.intoIPCStream() } : { kind: 'done' };
    }
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
  const pieces = answer.kind === 'batch' ? [answer.batch] : answer.kind === 'bytes' ? answer.pieces : [];
  self.postMessage(answer, { transfer: [...new Set(pieces.map((piece) => piece.buffer as ArrayBuffer))] });
}

async function* read(file: Blob, columns: readonly string[], batchSize: number): AsyncGenerator<RecordBatch> {
  const parquet = await ParquetFile.fromFile(file);
  const rowGroups = parquet.metadata().numRowGroups();
  for (let group = 0; group < rowGroups; group++) {
    const stream = await parquet.stream({ rowGroups: [group], columns: [...columns], batchSize, concurrency: 1 });
    yield* stream as ReadableStream<RecordBatch>;
  }
}
