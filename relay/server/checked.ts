// Checks what clients send, and says what is wrong with it in words that are never longer than they may be: names in them
// come from outside.
import { failure } from '../../shared/errors.ts';
import { limits } from '../../shared/protocol/limits.ts';
import type { z } from '../../shared/zod.ts';

export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The data as its schema has it. Fails with protocol.invalid, naming what is wrong. */
export function checked<Schema extends z.ZodType>(schema: Schema, data: unknown, whole = 'the body'): z.output<Schema> {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  throw failure('protocol.invalid', `The request is not as it should be. ${reportOf(read.error.issues, whole)}`);
}

/** Characters of a path and of a message. */
const most = { path: 80, message: 200 } as const;

/** The first findings, each with its place; `whole` is the name of what they are about. */
export function reportOf(findings: readonly Finding[], whole: string): string {
  const told = findings
    .slice(0, limits.report.issues)
    .map(
      ({ path, message }) =>
        `${short(path.map(String).join('.'), most.path) || whole}: ${short(message, most.message)}`,
    );
  const left = findings.length - told.length;
  return short([...told, ...(left > 0 ? [`And ${left} more.`] : [])].join(' '), limits.report.characters);
}

function short(text: string, characters: number): string {
  return text.length > characters ? `${text.slice(0, characters).toWellFormed()}…` : text;
}
