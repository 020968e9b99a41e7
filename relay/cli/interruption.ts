// Ctrl+C and its kin: the first asks the work to stop, the second ends the command at once.
import process from 'node:process';
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes a signal of the terminal on to a program that has got it already; that is no second one. Milliseconds. */
const echo = 250;

export interface Interruption {
  readonly signal: AbortSignal;
  /** 128 plus the number of the signal that came. */
  readonly exitCode: number | undefined;
  /** Lets signals end the command as they do by default. */
  dispose(): void;
}

/** Watches until `dispose`. The first signal aborts, after `onFirst`, which tells the user that it was heard. */
export function watchSignals(onFirst: () => void): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let first = 0;
  const listener = (name: NodeJS.Signals): void => {
    const code = 128 + constants.signals[name];
    if (exitCode === undefined) {
      first = performance.now();
      exitCode = code;
      onFirst();
      controller.abort();
    } else if (performance.now() - first > echo) {
      process.exit(code);
    }
  };
  for (const name of signals) process.on(name, listener);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    dispose: () => {
      for (const name of signals) process.off(name, listener);
    },
  };
}
