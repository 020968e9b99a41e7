// Group commit: what is asked for while a transaction goes on shares the next one, for the cost of a commit is its sync.
import type { DuckDBConnection } from '@duckdb/node-api';

interface Task {
  readonly run: () => Promise<void>;
  readonly settle: () => void;
  readonly fail: (thrown: unknown) => void;
}

export class Commits {
  readonly #connection: DuckDBConnection;
  #waiting: Task[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Runs work on the connection, in the order of the calls, and resolves when it is committed. */
  do<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      this.#waiting.push({
        run: async () => {
          result = await work();
        },
        settle: () => resolve(result),
        fail: reject,
      });
      if (this.#waiting.length === 1) this.#running = this.#running.then(() => this.#next());
    });
  }

  /** Resolves when nothing is left to do. */
  idle(): Promise<void> {
    return this.#running;
  }

  async #next(): Promise<void> {
    const tasks = this.#waiting;
    this.#waiting = [];
    try {
      await this.#commit(tasks);
    } catch (thrown) {
      // One that fails must not take the others along.
      if (tasks.length === 1) tasks[0]?.fail(thrown);
      else for (const task of tasks) await this.#commit([task]).catch(task.fail);
    }
  }

  async #commit(tasks: readonly Task[]): Promise<void> {
    await this.#connection.run('BEGIN');
    try {
      for (const task of tasks) await task.run();
      await this.#connection.run('COMMIT');
    } catch (thrown) {
      // After a failed COMMIT there is no transaction left to roll back.
      await this.#connection.run('ROLLBACK').catch(() => undefined);
      throw thrown;
    }
    for (const task of tasks) task.settle();
  }
}
