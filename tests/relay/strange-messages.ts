// What somebody may send who does not know the protocols, or means harm.
import fc from 'fast-check';

const fields = {
  type: fc.constantFrom('submit', 'follow', 'cancel', 'received', 'unfollow', 'execution_request', 'cancel_request'),
  request: fc.anything(),
  run: fc.anything(),
  sequence: fc.anything(),
  submission: fc.anything(),
  execution_id: fc.anything(),
  pipeline: fc.anything(),
};

/** Frames: text or bytes. */
export const strangeMessages: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.json(),
  fc.string(),
  fc.uint8Array({ maxLength: 200 }),
  fc.record(fields, { requiredKeys: ['type'] }).map((message) => safeJson(message)),
);

function safeJson(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
