// The server's entry: `sluice serve` by itself. Built to dist/relay/server.js, beside the page in dist/web.
import process from 'node:process';
import { asSluiceError } from '../../shared/errors.ts';
import { serveCommand } from './command.ts';

try {
  await serveCommand().parseAsync();
} catch (thrown) {
  const { code, issue } = asSluiceError(thrown);
  console.error([issue.message, issue.hint, issue.cause].filter((text) => text !== undefined).join(' '));
  process.exitCode = code === 'command.usage' ? 2 : 1;
}
