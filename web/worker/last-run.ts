// What the last run has left in the engine, to be looked at until the next one begins.
import { asSluiceError, type Issue } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { RunResult } from '../../shared/run/run.ts';
import type { FinishedRun } from '../../shared/run/pages.ts';

type KeptRun = Pick<RunResult, 'dialect' | 'mask' | 'release'>;

export class LastRun {
  #kept: KeptRun | undefined;

  /** How what is left is read. */
  get run(): FinishedRun {
    return this.#kept ?? { dialect: 'duckdb', mask: (text) => text };
  }

  keep(run: KeptRun): void {
    this.#kept = run;
  }

  /** Gives it back, once. Answers what went wrong with that, which is no matter of the run that comes. */
  async release(): Promise<Issue | undefined> {
    const kept = this.#kept;
    this.#kept = undefined;
    try {
      await kept?.release();
      return undefined;
    } catch (thrown) {
      const { code, message } = asSluiceError(thrown).issue;
      const mask = kept?.mask ?? ((text: string) => text);
      return {
        code,
        severity: 'warning',
        message: 'What the run before left in memory could not all be removed.',
        cause: mask(message),
      };
    }
  }
}

/** The events of a run, with a notice after its first one. */
export function withNotice(onEvent: (event: RunEvent) => void, issue: Issue): (event: RunEvent) => void {
  let added = 0;
  return (event) => {
    onEvent({ ...event, sequence: event.sequence + added });
    if (added > 0) return;
    added = 1;
    onEvent({ type: 'notice', issue, sequence: event.sequence + 1 });
  };
}
