// The server's entry. Built to dist/relay/server.js, beside the page in dist/web.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../shared/errors.ts';
import { createApp } from './app.ts';
import { listen } from './listen.ts';
import { readSettings } from './settings.ts';

const pageDirectory = fileURLToPath(new URL('../web', import.meta.url));

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (!existsSync(join(pageDirectory, 'index.html'))) throw new Error('The page is not built. Run: npm start');
  const server = await listen(createApp({ pageDirectory }), settings);
  console.log(`Sluice is ready on ${server.address}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

try {
  await main();
} catch (thrown) {
  console.error(messageOf(thrown));
  process.exitCode = 1;
}
