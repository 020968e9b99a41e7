// A destination that is a pipe or a character device, on a user's own command line. The bytes wait in a private file
// until all of them are there, and are then written into it: whoever reads gets all of a run that succeeded, or nothing.
import { randomUUID } from 'node:crypto';
import { constants, createReadStream, open as openDescriptor } from 'node:fs';
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cancelled, failure } from '../../shared/errors.ts';
import type { NewFile, Work } from '../../shared/platform.ts';
import { errno, explaining, isMissing } from './disk-errors.ts';
import type { DiskLocation } from './location.ts';
import { noFile } from './new-file.ts';
import { writeAll } from './parts.ts';

/** Milliseconds between two looks for somebody who reads a pipe: the system does not tell when one comes. */
const beat = 50;

/** A process's own streams may be files; replacing those would cut the process off from them (proc(5), `fd`). */
const ownStream = /^(\/dev\/(stdin|stdout|stderr|fd\/\d+)|\/proc\/(self|\d+)\/fd\/\d+)$/;

/**
 * Whether bytes can be written at this place without making a file of it: a pipe, a character device, a stream of a
 * process. Fails with file.forbidden for a disk and a socket, be they behind links that tell no path.
 */
export async function isStream({ path, name }: DiskLocation): Promise<boolean> {
  try {
    const found = await stat(path);
    if (found.isSocket() || found.isBlockDevice()) throw noFile(name, found);
    return found.isFIFO() || found.isCharacterDevice() || (found.isFile() && ownStream.test(path));
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw thrown;
  }
}

export class DiskNewStream implements NewFile {
  readonly #place: DiskLocation;
  readonly #part: string;
  readonly #signal: AbortSignal | undefined;
  #handle: FileHandle | undefined;
  #open = true;

  /** Makes nothing yet. `folder` is a private one, where the bytes wait. */
  constructor(place: DiskLocation, folder: string, { signal }: Work = {}) {
    this.#place = place;
    this.#part = join(folder, randomUUID());
    this.#signal = signal;
  }

  engineName(): Promise<string> {
    this.#requireOpen();
    return Promise.resolve(this.#part);
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#requireOpen();
    await this.#attempt(async () => {
      this.#handle ??= await open(this.#part, 'a', 0o600);
      await writeAll(this.#handle, bytes);
    });
  }

  async commit(): Promise<number> {
    this.#requireOpen();
    try {
      await this.write(new Uint8Array(0)); // without rows there may be no file yet
      return await this.#attempt(async () => {
        const { size } = await stat(this.#part);
        await ((await stat(this.#place.path)).isFIFO() ? this.#fillPipe() : this.#fillDevice());
        return size;
      });
    } finally {
      await this.abort();
    }
  }

  async abort(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#attempt(async () => {
      await this.#handle?.close();
      await rm(this.#part, { force: true });
    });
  }

  /** Opening a pipe, and writing into one that is full, would hold a thread of Node's until somebody reads. */
  async #fillPipe(): Promise<void> {
    const socket = new Socket({ fd: await this.#openPipe(), readable: false, writable: true });
    try {
      await pipeline(createReadStream(this.#part), socket, this.#signal ? { signal: this.#signal } : {});
    } catch (thrown) {
      throw this.#signal?.aborted ? cancelled() : thrown;
    } finally {
      socket.destroy();
    }
  }

  /** Waits for somebody who reads. */
  async #openPipe(): Promise<number> {
    for (;;) {
      if (this.#signal?.aborted) throw cancelled();
      try {
        return await promisify(openDescriptor)(this.#place.path, constants.O_WRONLY | constants.O_NONBLOCK);
      } catch (thrown) {
        if (errno(thrown) !== 'ENXIO') throw thrown;
      }
      await setTimeout(beat);
    }
  }

  async #fillDevice(): Promise<void> {
    const device = await open(this.#place.path, constants.O_WRONLY | constants.O_APPEND);
    try {
      for await (const bytes of createReadStream(this.#part) as AsyncIterable<Uint8Array>) {
        if (this.#signal?.aborted) throw cancelled();
        await writeAll(device, bytes);
      }
    } finally {
      await device.close();
    }
  }

  #attempt<T>(task: () => Promise<T>): Promise<T> {
    return explaining(`Writing ${this.#place.name}`, task);
  }

  #requireOpen(): void {
    if (!this.#open) throw failure('internal', `${this.#place.name} was already written or given up.`);
  }
}
