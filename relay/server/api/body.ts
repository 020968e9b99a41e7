// What a request brings, read within its limits.
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { failure } from '../../../shared/errors.ts';
import { requireSmallJson } from '../../../shared/protocol/json-size.ts';
import { limits } from '../../../shared/protocol/limits.ts';

/** Fails with protocol.limit for a body that is too large. */
export const limitedBody = bodyLimit({ maxSize: limits.request.bytes, onError: tooLarge });

/** The body as JSON. Fails with protocol.invalid, and with protocol.limit for JSON that is too deep or has too many values. */
export async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  requireSmallJson(text, limits.request);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw failure('protocol.invalid', 'The body of the request is not valid JSON.', {
      cause: thrown instanceof Error ? thrown.name : thrown, // its message quotes the body
    });
  }
}

function tooLarge(): never {
  throw failure('protocol.limit', `A request may have at most ${limits.request.bytes} bytes.`);
}
