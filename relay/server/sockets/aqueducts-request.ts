// Requests of Aqueducts clients, read so that numbers in a pipeline keep their digits.
import { isLosslessNumber, parse, stringify } from 'lossless-json';
import { failure } from '../../../shared/errors.ts';
import { requireSmallJson } from '../../../shared/protocol/json-size.ts';
import { limits } from '../../../shared/protocol/limits.ts';
import { toExecutor } from '../../../shared/protocol/aqueducts.ts';
import type { Received } from './inbox.ts';

export type ExecutorRequest =
  | { readonly type: 'execution_request'; /** JSON */ readonly document: string }
  | { readonly type: 'cancel_request'; readonly id: string };

/** Stands where a message must name an execution and there is none. */
export const noExecution = '00000000-0000-0000-0000-000000000000';

/** Fails with protocol.invalid, and with protocol.limit for JSON that is too deep or has too many values. */
export function readRequest(received: Received): ExecutorRequest {
  if (typeof received !== 'string') throw failure('protocol.invalid', 'Messages of this protocol are text.');
  requireSmallJson(received, limits.execution);
  const data = parsed(received);
  const read = toExecutor.safeParse(data);
  if (!read.success) {
    throw failure('protocol.invalid', 'A message must be an execution_request or a cancel_request.');
  }
  if (read.data.type === 'cancel_request') return { type: 'cancel_request', id: hyphenated(read.data.execution_id) };
  const { pipeline } = read.data;
  if (typeof pipeline !== 'object' || pipeline === null || isLosslessNumber(pipeline)) {
    throw failure('protocol.invalid', 'An execution_request must have a pipeline.');
  }
  return { type: 'execution_request', document: stringify(pipeline) ?? '' };
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch (thrown) {
    // a RangeError where it is nested too deeply
    throw failure('protocol.invalid', 'A message is not valid JSON.', { cause: thrown });
  }
}

/** An id in any form that the Rust crate uuid reads: hyphenated, simple, braced, as a URN. */
function hyphenated(id: string): string {
  const digits = id
    .trim()
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
    .replaceAll(/[{}-]/g, '');
  if (!/^[0-9a-f]{32}$/.test(digits)) throw failure('protocol.invalid', 'An execution_id must be a UUID.');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
