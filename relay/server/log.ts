// The relay's log: a JSON object a line, on standard error. What may hold a secret never gets here: no headers, no
// bodies, no query strings, no documents.
import { destination, pino, type DestinationStream, type LogFn, type Logger } from 'pino';
import { masked, type Mask } from '../../shared/pipeline/load.ts';
import { maskOf } from '../../shared/pipeline/parameters/secrets.ts';
import { asSluiceError, type Issue } from '../../shared/errors.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

export function openLog(level: LogLevel, relay: string, mask: Mask, to?: DestinationStream): Logger {
  const options = {
    ...{ level, base: { relay }, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    serializers: { issue: (issue: Issue) => masked(issue, mask), stack: mask },
    hooks: {
      // what is said, beside the fields or alone
      logMethod(this: Logger, words: Parameters<LogFn>, write: LogFn) {
        write.apply(
          this,
          words.map((word: unknown) => (typeof word === 'string' ? mask(word) : word)) as Parameters<LogFn>,
        );
      },
    },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, to ?? standardError());
}

/** A log that cannot be written, on a full disk for example, ends no relay; there is nobody left to tell. */
function standardError(): DestinationStream {
  const stream = destination({ fd: 2, sync: true });
  stream.on('error', () => undefined);
  return stream;
}

/** Hides these values in what is logged. */
export function maskOfAll(...secrets: readonly Iterable<string>[]): Mask {
  return maskOf(secrets.flatMap((some) => [...some]));
}

/** What is logged of something thrown. The stack only where it is a bug. */
export function thrownFields(thrown: unknown): { readonly issue: Issue; readonly stack?: string } {
  const { issue } = asSluiceError(thrown);
  const stack = issue.code === 'internal' && thrown instanceof Error ? thrown.stack : undefined;
  return { issue, ...(stack === undefined ? {} : { stack }) };
}
