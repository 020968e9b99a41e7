// What a request brings, read within its limit and checked.
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { failure } from '../../../shared/errors.ts';
import type { z } from '../../../shared/zod.ts';
import { mostMessageBytes } from '../services.ts';

/** Fails with protocol.limit for a body that is too large. */
export const limitedBody = bodyLimit({ maxSize: mostMessageBytes, onError: tooLarge });

/** The body as JSON. Fails with protocol.invalid. */
export async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw failure('protocol.invalid', 'The body of the request is not valid JSON.', {
      cause: thrown instanceof Error ? thrown.name : thrown, // its message quotes the body
    });
  }
}

/** Fails with protocol.invalid, naming what is wrong. */
export function checked<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const said = read.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'the body'}: ${message}`);
  throw failure('protocol.invalid', `The request is not as it should be. ${said.join(' ')}`);
}

function tooLarge(): never {
  throw failure('protocol.limit', `A request may have at most ${mostMessageBytes} bytes.`);
}
