// Options that several commands have.
import { InvalidArgumentError, Option } from 'commander';
import { logLevels, type LogLevel } from '../output/log-level.ts';

export type OutputForm = 'text' | 'json';

export function outputOption(words: string): Option {
  return new Option('--output <form>', words).choices(['text', 'json']).default('text');
}

export interface LogOptions {
  readonly logLevel: LogLevel;
}

export function logLevelOption(): Option {
  return new Option('--log-level <level>', 'how much is told besides the data')
    .choices(logLevels)
    .env('SLUICE_LOG_LEVEL')
    .default('info');
}

/** DuckDB's size of memory, such as `2GB` or `512MiB`. */
export function parseMemory(text: string): string {
  if (/^\d+(\.\d+)?\s*([kmgt]i?b?|bytes?|b)$/i.test(text)) return text;
  throw new InvalidArgumentError('Give a size with its unit, such as 2GB or 512MiB.');
}

export function parseThreads(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a number from 1 to 999.');
}

export function memoryOption(): Option {
  return new Option('--memory-limit <size>', "DuckDB's memory, such as 2GB; what needs more goes to disk").argParser(
    parseMemory,
  );
}

export function threadsOption(): Option {
  return new Option('--threads <number>', "DuckDB's threads; one a core by default").argParser(parseThreads);
}
