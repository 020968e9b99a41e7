// The options that name a relay or executor.
import { Option, type Command } from 'commander';
import process from 'node:process';
import { failure, type SluiceError } from '../../../shared/errors.ts';
import { readText } from './read-text.ts';

export interface ExecutorOptions {
  readonly executor?: string;
  readonly apiKey?: string;
  readonly apiKeyFile?: string;
}

const keyVariables = ['SLUICE_API_KEY', 'AQUEDUCTS_API_KEY'] as const;

/** `--executor`, mandatory or not, and where its key comes from. */
export function withExecutor(command: Command, mandatory: boolean): Command {
  const words = 'HOST:PORT or an http(s) or ws(s) address of a relay or an Aqueducts executor';
  return command
    .addOption(new Option('--executor <address>', words).makeOptionMandatory(mandatory))
    .option('--api-key <key>', `its key; better ${keyVariables.join(' or ')}, which no process list shows`)
    .option('--api-key-file <path>', 'a file that holds the key and nothing else');
}

/** The key, from the command line, a file, or the environment; undefined where there is none. Fails with key.invalid. */
export async function readKey({ apiKey, apiKeyFile }: ExecutorOptions): Promise<string | undefined> {
  const fromFile = apiKeyFile === undefined ? undefined : (await readText(apiKeyFile, 'Key file')).text.trim();
  const key = apiKey ?? fromFile ?? keyVariables.map((name) => process.env[name]).find((value) => value);
  if (key === undefined || key === '') return undefined;
  if (!/^[\x20-\x7e]+$/.test(key)) {
    throw failure('key.invalid', 'The API key has characters that no header can carry.', {
      hint: 'Keys are printable ASCII. Perhaps something was copied with it.',
    });
  }
  return key;
}

/** The error of a relay that wants a key. */
export function keyRequired(): SluiceError {
  const hint = `Set ${keyVariables[0]}, or give --api-key-file or --api-key.`;
  return failure('key.missing', 'API key is required for remote execution', { hint });
}
