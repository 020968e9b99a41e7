// What the command line and the environment say about the server.
import { parseArgs } from 'node:util';

export interface ServerSettings {
  /** The address to listen on. */
  readonly host: string;
  /** 0 to 65535; 0 takes a free one. */
  readonly port: number;
}

/** Reads `--host` and `--port`, else HOST and PORT, else 127.0.0.1 and 3031. Throws a sentence for anything else. */
export function readSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ServerSettings {
  const options = { host: { type: 'string' }, port: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const port = values.port ?? (environment['PORT'] || '3031');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new Error(`The port must be a number from 0 to 65535, not "${port}".`);
  }
  return { host: values.host ?? (environment['HOST'] || '127.0.0.1'), port: Number(port) };
}
