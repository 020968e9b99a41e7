// `sluice serve` and `sluice key`.
import { Command, Option } from 'commander';
import process from 'node:process';
import { failure } from '../../shared/errors.ts';
import { flags, type Flag, type FlagName } from './flags.ts';
import { rights, type Right } from './keys/key.ts';
import { makeKey } from './keys/make-key.ts';
import { runRelay } from './relay.ts';
import { readSettings, type FlagValues } from './settings.ts';

/** Serves until it is told to stop; its action rejects with a SluiceError. */
export function serveCommand(): Command {
  const command = new Command('serve').description('run pipelines for others: the page, HTTP and sockets on one port');
  for (const name of Object.keys(flags) as FlagName[]) {
    const { flag, environment, default: fallback, meaning, separator }: Flag = flags[name];
    const option = new Option(flag, `${meaning} (default: ${fallback}; env: ${environment.join(', ')})`);
    if (separator !== undefined) option.argParser((value, before: string[] | undefined) => [...(before ?? []), value]);
    command.addOption(option);
  }
  return command.action(async (values: FlagValues) => {
    await runRelay(readSettings(values, process.env), process.env);
  });
}

/** Prints a new key once, and the entry that lets a relay know it. */
export function keyCommand(): Command {
  return new Command('key')
    .description('make an API key and its entry for the keys file of a relay')
    .argument('<name>', 'who will use it')
    .addOption(new Option('--rights <right...>', 'what it allows').choices(rights).default(['run']))
    .option('--expires <moment>', 'from when on it is no longer good, such as 2027-01-31T00:00:00Z')
    .action((name: string, { rights: allowed, expires }: { rights: Right[]; expires?: string }) => {
      if (!/^[\w.@-]{1,64}$/.test(name))
        throw failure('command.usage', 'A name is 1 to 64 letters, digits and _ . @ -');
      if (expires !== undefined && Number.isNaN(Date.parse(expires))) {
        throw failure('command.usage', `--expires must be a moment, not "${expires}".`);
      }
      const moment = expires === undefined ? undefined : new Date(expires).toISOString();
      const made = makeKey(name, allowed, moment);
      process.stderr.write('The key. It is shown this once:\n');
      process.stdout.write(`${made.key}\n`);
      process.stderr.write(`\nIts entry for the keys file:\n\n${made.entry}`);
    });
}
