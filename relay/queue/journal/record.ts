// A journal's records: a header of 16 bytes, then an event's frame. Little-endian: the frame's length (32 bits), its
// CRC-32 (32), the event's number (32), whether the frame is binary (8), whether the event is terminal (8), 16 unused.
import { crc32 } from 'node:zlib';
import type { JournalEntry } from '../queue.ts';

export const headerLength = 16;

export interface RecordHeader {
  /** Bytes of the frame. */
  readonly length: number;
  readonly checksum: number;
  readonly sequence: number;
  readonly binary: boolean;
  readonly terminal: boolean;
}

export function encodeRecord({ sequence, frame, terminal }: JournalEntry): [header: Uint8Array, payload: Uint8Array] {
  const payload = typeof frame === 'string' ? Buffer.from(frame) : frame;
  const header = Buffer.alloc(headerLength);
  header.writeUInt32LE(payload.byteLength, 0);
  header.writeUInt32LE(crc32(payload), 4);
  header.writeUInt32LE(sequence, 8);
  header.writeUInt8(typeof frame === 'string' ? 0 : 1, 12);
  header.writeUInt8(terminal ? 1 : 0, 13);
  return [header, payload];
}

export function decodeHeader(bytes: Buffer): RecordHeader {
  return {
    length: bytes.readUInt32LE(0),
    checksum: bytes.readUInt32LE(4),
    sequence: bytes.readUInt32LE(8),
    binary: bytes.readUInt8(12) === 1,
    terminal: bytes.readUInt8(13) === 1,
  };
}

/** The entry of a whole record; undefined where the bytes are not those that were written. */
export function decodeRecord(header: RecordHeader, payload: Buffer): JournalEntry | undefined {
  if (payload.byteLength !== header.length || crc32(payload) !== header.checksum) return undefined;
  const frame = header.binary ? Uint8Array.from(payload) : payload.toString('utf8');
  return { sequence: header.sequence, frame, terminal: header.terminal };
}
