// Checks that a message to the Worker follows shared/protocol/worker.ts.
import { z } from '../../shared/zod.ts';
import { failure } from '../../shared/errors.ts';
import type { ToWorker } from '../../shared/protocol/worker.ts';

const id = z.int();
const kind = z.enum(['added', 'stored']);

const relation = z.object({ kind: z.enum(['stage', 'table']), name: z.string() });
const document = z.object({
  text: z.string(),
  parameters: z.record(z.string(), z.string()),
  base: z.string().exactOptional(),
});

const request = z.discriminatedUnion('call', [
  z.object({
    id,
    call: z.literal('open'),
    input: z.object({
      memoryLimit: z.string().exactOptional(),
      extensions: z.string().exactOptional(),
      code: z.instanceof(WebAssembly.Module).exactOptional(),
    }),
  }),
  z.object({ id, call: z.literal('run'), input: document }),
  z.object({ id, call: z.literal('cancel'), input: z.null() }),
  z.object({ id, call: z.literal('abandon'), input: z.object({ call: z.int() }) }),
  z.object({ id, call: z.literal('plan'), input: document }),
  z.object({
    id,
    call: z.literal('rows'),
    input: z.object({ relation, offset: z.int().min(0), limit: z.int().min(1).max(10_000) }),
  }),
  z.object({
    id,
    call: z.literal('exportRows'),
    input: z.object({ relation, format: z.enum(['csv', 'json', 'parquet', 'arrow']) }),
  }),
  z.object({ id, call: z.literal('previewFile'), input: z.object({ path: z.string(), kind }) }),
  z.object({ id, call: z.literal('zipFolder'), input: z.object({ path: z.string() }) }),
  z.object({ id, call: z.literal('listTables'), input: z.null() }),
  z.object({ id, call: z.literal('removeTable'), input: z.object({ name: z.string() }) }),
  z.object({
    id,
    call: z.literal('addFiles'),
    input: z.array(z.object({ path: z.string(), file: z.instanceof(Blob) })),
  }),
  z.object({ id, call: z.literal('removeFile'), input: z.object({ path: z.string(), kind }) }),
  z.object({ id, call: z.literal('listFiles'), input: z.null() }),
  z.object({ id, call: z.literal('readFile'), input: z.object({ path: z.string() }) }),
]);

/** The request, or protocol.invalid. */
export function parseRequest(message: unknown): ToWorker {
  const parsed = request.safeParse(message);
  if (parsed.success) return parsed.data;
  throw failure('protocol.invalid', 'The Worker was sent a message that it does not know.', {
    cause: z.prettifyError(parsed.error),
  });
}

/** The number to answer to, of any message that has one. */
export function idOf(message: unknown): number | undefined {
  const parsed = z.object({ id }).safeParse(message);
  return parsed.success ? parsed.data.id : undefined;
}
