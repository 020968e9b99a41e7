// The room on the disk that downloads may take together, as long as they are there.

/** What one download takes of it. */
export interface Room {
  /** Whether the download may have so many bytes in all; they count from then on. */
  grow(bytes: number): boolean;
  /** Gives all of it back. */
  close(): void;
}

export class DownloadBudget {
  /** Of all of them together. */
  readonly bytes: number;
  #taken = 0;

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  open(): Room {
    let own = 0;
    return {
      grow: (bytes) => {
        const more = Math.max(0, bytes - own);
        if (this.#taken + more > this.bytes) return false;
        this.#taken += more;
        own += more;
        return true;
      },
      close: () => {
        this.#taken -= own;
        own = 0;
      },
    };
  }
}
