// `sluice serve` as it is built, asked by `sluice run --executor`.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inFolder, jsonLines, sluice, start } from '../../../tests/command/sluice.ts';

it('runs a pipeline over http and files on the built relay, and stops when it is told to', async () => {
  const server = createServer(({ url }, response) => {
    if (url === '/moved.csv') response.writeHead(302, { Location: '/rows.csv' }).end();
    else response.end('a\n1\n2\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/moved.csv`;
  const document = JSON.stringify({
    sources: [
      { type: 'file', name: 'far', location: address, format: { type: 'csv' } },
      { type: 'file', name: 'near', location: 'near.csv', format: { type: 'csv' } },
    ],
    stages: [[{ name: 'both', query: 'SELECT a FROM far UNION ALL SELECT a FROM near ORDER BY a', show: 10 }]],
    destination: { type: 'file', name: 'out', location: 'out.csv', format: { type: 'csv' } },
  });
  try {
    await inFolder({ 'pipeline.json': document, 'data/near.csv': 'a\n3\n' }, async (cwd) => {
      const flags = ['--port', '0', '--data-dir', 'data', '--allow-host', '127.0.0.1', '--state-dir', 'state'];
      const relay = await start(['serve', ...flags], { cwd });
      let said = '';
      relay.child.stdout.on('data', (text: string) => (said += text));
      await relay.until('Sluice is ready on ');
      const [, authority = ''] = /ready on http:\/\/(\S+)/.exec(said) ?? [];
      const run = ['run', '-f', 'pipeline.json', '--executor', authority, '--output', 'json'];
      const { code, stdout, stderr } = await sluice(run, { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
      expect(jsonLines(stdout).at(-1)?.['type']).toBe('run_completed');
      expect(await readFile(join(cwd, 'data/out.csv'), 'utf8')).toBe('a\n1\n2\n3\n');
      relay.child.kill('SIGTERM');
      expect((await relay.ended).code).toBe(0);
    });
  } finally {
    server.close();
  }
});
