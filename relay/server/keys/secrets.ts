// What `${secret:NAME}` stands for, as an operator writes it down: the value, or where it is to be found.
import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { failure } from '../../../shared/errors.ts';
import { z } from '../../../shared/zod.ts';

export const secretValues = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Names of secrets are letters, digits and _.'),
  z.union([z.string(), z.strictObject({ environment: z.string() }), z.strictObject({ file: z.string() })]),
);

/** Gives the text of a file, and may take note of its path. */
export type ReadText = (path: string) => string;

/** Bytes: no file of keys or secrets is longer, and a device or a pipe may have no end. */
const mostBytes = 8 * 1024 * 1024;

/** Fails with command.usage for a text over 8 MiB, and with what the disk says. */
export const readText: ReadText = (path) => {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(mostBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length <= mostBytes; length += read) {
      read = readSync(file, bytes, length, bytes.byteLength - length, null);
    }
    if (length > mostBytes) throw failure('command.usage', `${path} is longer than 8 MiB.`);
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
};

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
