// What must be given back, in reverse order of how it was taken: all of it, whatever fails on the way. The shape is that
// of AsyncDisposableStack (ECMA-262, explicit resource management), which Node 20 lacks.

export class Scope {
  #cleanups: (() => unknown)[] = [];
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** Registers a cleanup. Throws a ReferenceError when the scope is closed. */
  defer(cleanup: () => unknown): void {
    if (this.#closed) throw new ReferenceError('The scope is closed.');
    this.#cleanups.push(cleanup);
  }

  /** Registers what has a `close`, and answers it. */
  use<T extends { close(): unknown }>(resource: T): T {
    this.defer(() => resource.close());
    return resource;
  }

  /** Moves everything into a scope of its own: this one gives nothing back any more. */
  move(): Scope {
    const moved = new Scope();
    moved.#cleanups = this.#cleanups;
    this.#cleanups = [];
    this.#closed = true;
    return moved;
  }

  /** Runs every cleanup, the newest first and one after the other, then throws the first error there was. Once only. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const errors: unknown[] = [];
    for (const cleanup of this.#cleanups.splice(0).reverse()) {
      try {
        await cleanup();
      } catch (thrown) {
        errors.push(thrown);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}

/**
 * Runs work with a scope that is closed when the work has ended. What the work throws comes before what its cleanups
 * throw.
 */
export async function scoped<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
  const scope = new Scope();
  let result: T;
  try {
    result = await work(scope);
  } catch (thrown) {
    await scope.close().catch(() => undefined); // the work's own error is the one to tell
    throw thrown;
  }
  await scope.close();
  return result;
}
