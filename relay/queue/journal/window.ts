// Reads a file that grows, from its beginning on, in pieces of at least 64 KiB.
import type { FileHandle } from 'node:fs/promises';

const pieceLength = 64 * 1024;

export class Window {
  readonly #file: FileHandle;
  #piece = Buffer.alloc(0);
  #start = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** The bytes from `offset` on; fewer at the end of the file. They stay as they are. The file must have so many about. */
  async read(offset: number, length: number): Promise<Buffer> {
    const within = offset - this.#start;
    if (within < 0 || within + length > this.#piece.byteLength) {
      // a new piece each time: what was handed out stays
      const piece = Buffer.alloc(Math.max(length, pieceLength));
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await this.#file.read(piece, filled, piece.byteLength - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      this.#piece = piece.subarray(0, filled);
      this.#start = offset;
    }
    const from = offset - this.#start;
    return this.#piece.subarray(from, from + length);
  }
}
