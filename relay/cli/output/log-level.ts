// How much a command says besides its data.

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Whether something of one level is told at another. */
export function isTold(level: LogLevel, at: LogLevel): boolean {
  return logLevels.indexOf(level) <= logLevels.indexOf(at);
}

/** The level of an issue. */
export const levelOf = { error: 'error', warning: 'warn', info: 'info' } as const;
