// Secrets of a run on this machine: a file of lines `NAME=value`, as other tools have it in `.env`.
import { parseEnv } from 'node:util';
import { failure } from '../../../shared/errors.ts';
import { readText } from './read-text.ts';

/** What `${secret:NAME}` stands for; undefined where no file is named. */
export async function readSecrets(file: string | undefined): Promise<Readonly<Record<string, string>> | undefined> {
  if (file === undefined) return undefined;
  const { text } = await readText(file, 'Environment file');
  const secrets = parseEnv(text.replace(/^\uFEFF/, ''));
  const typed = text.split(/\r\n?|\n/).some((line) => /^\s*[^\s#]/.test(line));
  if (typed && Object.keys(secrets).length === 0) {
    const hint = 'Write a secret a line: NAME=value. Lines that begin with # are left out.';
    throw failure('command.usage', `There is no NAME=value in ${file}.`, { hint });
  }
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, value ?? '']));
}
