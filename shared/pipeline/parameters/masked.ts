// Hides secrets in what leaves a run: every text of an event, an issue or a plan. Rows are not looked into: they are what
// the user asked for.
import { asSluiceError, boundIssue, SluiceError } from '../../errors.ts';
import type { Mask } from './secrets.ts';

/** Fields whose texts are words of the protocol, which a short secret must not break; `type` is also a column's. */
const wordFields: ReadonlySet<string> = new Set(['type', 'kind', 'code', 'severity', 'execution', 'counted']);
const word = /^[a-z_.]+$/;

/** The same data with every text masked. Bytes stay as they are. */
export function masked<Data>(data: Data, mask: Mask): Data {
  return maskValue(data, mask) as Data;
}

/** What was thrown, as the error that may be told of work with secrets. */
export function maskedError(thrown: unknown, mask: Mask): SluiceError {
  return new SluiceError(boundIssue(masked(asSluiceError(thrown).issue, mask)));
}

function maskValue(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return (value as unknown[]).map((item) => maskValue(item, mask));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const fields = Object.entries(value as Readonly<Record<string, unknown>>).map(([name, part]) => [
    name,
    wordFields.has(name) && typeof part === 'string' && word.test(part) ? part : maskValue(part, mask),
  ]);
  return Object.fromEntries(fields);
}
