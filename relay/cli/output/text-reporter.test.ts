import process from 'node:process';
import { expect, it, vi } from 'vitest';
import { TextReporter } from './text-reporter.ts';

it('says once that the connection is lost, however often it is tried again', async () => {
  let told = '';
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
  const printed = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const reporter = new TextReporter({ level: 'info', quoted: undefined });
  const lost = { type: 'connection_lost', message: 'The connection was lost.', retryMs: 250 } as const;
  for (let attempt = 0; attempt < 5; attempt++) await reporter.report(lost);
  expect(told).toBe('The connection was lost. Trying again ...\n');
  await reporter.report({ type: 'connection_resumed' });
  await reporter.report(lost);
  expect(told.match(/was lost/g)).toHaveLength(2);
  written.mockRestore();
  printed.mockRestore();
});
