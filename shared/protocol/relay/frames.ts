// Messages on a socket and in a run's journal. One without bytes is text: JSON. One with bytes is binary: the length of
// its JSON as a 32-bit little-endian number, the JSON, then the bytes in the order in which the JSON mentions them.
import { failure, type SluiceError } from '../../errors.ts';

/** Stands in the JSON where bytes were; the value is their length. */
const bytesKey = '$bytes';
const headerLength = 4;

export type Frame = string | Uint8Array<ArrayBuffer>;

/** A message as a frame; Uint8Arrays in it, at any depth, travel as they are. */
export function encodeFrame(message: unknown): Frame {
  const parts: Uint8Array[] = [];
  const text = JSON.stringify(message, (_key, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value;
    parts.push(value);
    return { [bytesKey]: value.byteLength };
  });
  if (parts.length === 0) return text;
  const json = new TextEncoder().encode(text);
  const length = parts.reduce((sum, part) => sum + part.byteLength, headerLength + json.byteLength);
  const frame = new Uint8Array(length);
  new DataView(frame.buffer).setUint32(0, json.byteLength, true);
  frame.set(json, headerLength);
  let at = headerLength + json.byteLength;
  for (const part of parts) {
    frame.set(part, at);
    at += part.byteLength;
  }
  return frame;
}

/**
 * The message of a frame; its byte arrays are views into the frame. Fails with protocol.invalid, and with what `check` says of
 * its JSON before it is parsed.
 */
export function decodeFrame(frame: string | Uint8Array, check: (json: string) => void = () => undefined): unknown {
  if (typeof frame === 'string') {
    check(frame);
    return parse(frame, () => undefined);
  }
  if (frame.byteLength < headerLength) throw invalid('A binary message is shorter than its header.');
  const length = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(0, true);
  let at = headerLength + length;
  if (at > frame.byteLength) throw invalid('A binary message is shorter than it says.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(headerLength, at));
  } catch (thrown) {
    throw invalid('A binary message does not begin with text.', thrown);
  }
  check(text);
  const message = parse(text, (bytes) => {
    if (at + bytes > frame.byteLength) throw invalid('A binary message lacks some of its bytes.');
    at += bytes;
    return frame.subarray(at - bytes, at);
  });
  if (at !== frame.byteLength) throw invalid('A binary message has bytes that it does not mention.');
  return message;
}

function parse(text: string, take: (bytes: number) => Uint8Array | undefined): unknown {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (thrown) {
    throw invalid('A message is not valid JSON.', thrown);
  }
  return restore(message, take);
}

function restore(value: unknown, take: (bytes: number) => Uint8Array | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as unknown[]).map((item) => restore(item, take));
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === bytesKey && isLength(first[1])) return take(first[1]) ?? value;
  return Object.fromEntries(entries.map(([key, part]) => [key, restore(part, take)]));
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function invalid(message: string, cause?: unknown): SluiceError {
  return failure('protocol.invalid', message, cause === undefined ? {} : { cause });
}
