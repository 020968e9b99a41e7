// The server's entry: `sluice serve` by itself. Built to dist/relay/server.js, beside the page in dist/web.
import { CommanderError } from 'commander';
import process from 'node:process';
import { asSluiceError } from '../../shared/errors.ts';
import { serveCommand } from './command.ts';

try {
  await serveCommand().exitOverride().parseAsync();
} catch (thrown) {
  // commander has said what is wrong, or helped
  if (thrown instanceof CommanderError) process.exit(thrown.exitCode === 0 ? 0 : 2);
  const { code, issue } = asSluiceError(thrown);
  console.error([issue.message, issue.hint, issue.cause].filter((text) => text !== undefined).join(' '));
  process.exitCode = code === 'command.usage' ? 2 : 1;
}
