// The runs that wait: first come, first served, but for those whose key has all that may run at once.
export interface Submitting {
  readonly name: string;
  readonly maxConcurrentRuns?: number | undefined;
}

export interface Waiting {
  readonly id: string;
  /** The order in which they came. */
  readonly ordinal: number;
  readonly submitter: Submitting;
}

export class WaitingLine<Run extends Waiting> {
  #runs: Run[] = [];
  readonly #listeners = new Set<{ readonly id: string; told: number; readonly tell: (position: number) => void }>();

  get size(): number {
    return this.#runs.length;
  }

  /** How many wait before it; undefined when it does not wait. */
  position(id: string): number | undefined {
    const position = this.#runs.findIndex((run) => run.id === id);
    return position < 0 ? undefined : position;
  }

  countOf(name: string): number {
    return this.#runs.filter(({ submitter }) => submitter.name === name).length;
  }

  add(run: Run): void {
    const after = this.#runs.findLastIndex(({ ordinal }) => ordinal < run.ordinal);
    this.#runs.splice(after + 1, 0, run);
    this.#tell();
  }

  /** Takes the first one out that may start. */
  take(mayStart: (run: Run) => boolean): Run | undefined {
    const index = this.#runs.findIndex(mayStart);
    const [run] = index < 0 ? [] : this.#runs.splice(index, 1);
    if (run) this.#tell();
    return run;
  }

  onPosition(id: string, tell: (position: number) => void): () => void {
    const position = this.position(id);
    if (position === undefined) return () => undefined;
    const listener = { id, told: position, tell };
    this.#listeners.add(listener);
    tell(position);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    const positions = new Map(this.#runs.map(({ id }, position) => [id, position]));
    for (const listener of [...this.#listeners]) {
      const position = positions.get(listener.id);
      if (position === undefined) this.#listeners.delete(listener);
      if (position === undefined || position === listener.told) continue;
      listener.told = position;
      listener.tell(position);
    }
  }
}
