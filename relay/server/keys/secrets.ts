// What `${secret:NAME}` stands for, as an operator writes it down: the value, or where it is to be found.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { failure } from '../../../shared/errors.ts';
import { z } from '../../../shared/zod.ts';

export const secretValues = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Names of secrets are letters, digits and _.'),
  z.union([z.string(), z.strictObject({ environment: z.string() }), z.strictObject({ file: z.string() })]),
);

/** Gives the text of a file, and may take note of its path. */
export type ReadText = (path: string) => string;

export const readText: ReadText = (path) => readFileSync(path, 'utf8');

/** The values; files are found from `folder` on, and one line break at their end is left out. Fails with command.usage. */
export function resolveSecrets(
  values: z.infer<typeof secretValues>,
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  read: ReadText,
): Record<string, string> {
  const resolved = Object.entries(values).map(([name, value]): [string, string] => {
    if (typeof value === 'string') return [name, value];
    if ('file' in value) return [name, readSecret(name, resolve(folder, value.file), read)];
    const found = environment[value.environment];
    if (found === undefined) {
      throw failure(
        'command.usage',
        `The environment has no ${value.environment}, which the secret ${name} stands in.`,
      );
    }
    return [name, found];
  });
  return Object.fromEntries(resolved);
}

function readSecret(name: string, path: string, read: ReadText): string {
  try {
    return read(path).replace(/\r?\n$/, '');
  } catch (thrown) {
    throw failure('command.usage', `The file of the secret ${name} cannot be read.`, { cause: thrown });
  }
}
