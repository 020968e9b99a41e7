// Parts of what an address gives, while DuckDB waits (XMLHttpRequest standard, synchronous requests of Workers). Blocks
// grow as long as they come fast, so that a slow server does not keep the Worker from hearing for long.
import { failure, type SluiceError } from '../../../shared/errors.ts';
import { shownAddress } from '../../../shared/locations/address.ts';
import { brokenOff, refusalOf, stalled } from '../../../shared/locations/http.ts';

export interface RangedFile {
  readonly address: URL;
  /** Bytes of the whole. */
  readonly size: number;
  /** When it was changed last, as the server said when it was opened. */
  readonly modified: string | null;
  readonly stallTimeout: number;
}

/** Reads exactly these bytes. Fails with file.failed, file.not_found, file.forbidden. */
export function readRangeSync(file: RangedFile, start: number, end: number): Uint8Array<ArrayBuffer> {
  const { address, size } = file;
  const [from, to] = [start, Math.min(end, size)];
  if (from >= to) return new Uint8Array(0);
  const request = new XMLHttpRequest();
  try {
    request.open('GET', address, false);
    request.responseType = 'arraybuffer';
    request.timeout = file.stallTimeout;
    request.setRequestHeader('Range', `bytes=${from}-${to - 1}`);
    request.send();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'TimeoutError') throw stalled(address, file.stallTimeout);
    throw lost(address, thrown);
  }
  requireSame(file, request.status, (name) => request.getResponseHeader(name));
  const bytes = new Uint8Array(request.response as ArrayBuffer);
  if (bytes.byteLength !== to - from) throw brokenOff(address, bytes.byteLength, to - from);
  return bytes;
}

/** Fails unless this is the part that was asked for, of the file that was opened. */
export function requireSame(
  { address, size, modified }: RangedFile,
  status: number,
  header: (name: string) => string | null,
): void {
  const refusal = refusalOf(status, address, 'part');
  if (refusal) throw refusal;
  const total = totalOf(header('Content-Range'));
  const same = (total === undefined || total === size) && header('Last-Modified') === modified;
  if (status === 206 && same) return;
  throw failure('file.failed', `${shownAddress(address)} was changed on the server while it was read.`, {
    hint: 'Run again.',
  });
}

/** The size of the whole from `bytes 0-99/1234`; undefined where it is not told. */
export function totalOf(contentRange: string | null): number | undefined {
  const total = /^bytes \d+-\d+\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return total === undefined ? undefined : Number(total);
}

function lost(address: URL, cause: unknown): SluiceError {
  return failure('file.failed', `The connection was lost while ${shownAddress(address)} was read.`, {
    hint: 'Run again.',
    cause,
  });
}

/** Sizes of blocks in bytes, and the time that one may take in ms. */
const [smallest, first, largest, patience] = [64 * 1024, 512 * 1024, 8 * 1024 * 1024, 200];
/** Blocks that are held. */
const heldBlocks = 3;

interface Block {
  readonly start: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Reads ahead for a reader that mostly goes straight on. */
export class ReadAhead {
  readonly #file: RangedFile;
  readonly #blocks: Block[];
  #length = first;

  /** `head` is the beginning of the file, which is known already. */
  constructor(file: RangedFile, head: Uint8Array<ArrayBuffer>) {
    this.#file = file;
    this.#blocks = [{ start: 0, bytes: head }];
  }

  /** Fills the buffer from `at` on as far as one block goes; answers how many bytes that are, 0 at the end. */
  read(into: Uint8Array, at: number): number {
    if (at >= this.#file.size) return 0;
    const { start, bytes } = this.#blocks.find((block) => at >= block.start && at < endOf(block)) ?? this.#fetch(at);
    const part = bytes.subarray(at - start, at - start + into.byteLength);
    into.set(part);
    return part.byteLength;
  }

  #fetch(at: number): Block {
    const started = performance.now();
    const block = { start: at, bytes: readRangeSync(this.#file, at, at + this.#length) };
    const took = performance.now() - started;
    if (took < patience / 2) this.#length = Math.min(largest, this.#length * 2);
    if (took > patience) this.#length = Math.max(smallest, this.#length / 2);
    this.#blocks.push(block);
    if (this.#blocks.length > heldBlocks) this.#blocks.splice(1, 1); // the beginning is kept: every scan starts there
    return block;
  }
}

function endOf({ start, bytes }: Block): number {
  return start + bytes.byteLength;
}
