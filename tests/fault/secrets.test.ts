// Canaries: secrets of a key and of parameters, looked for in everything that a relay keeps and tells.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, inject, it } from 'vitest';
import { KilledServer } from './killed-server.ts';
import { Bench, ended, eventsOf, submission } from './bench.ts';

const canaries = { key: 'canary-of-the-key-1f7a', parameter: 'canary-of-a-parameter-9c2b' };

const document = `
params: { token: { type: string, secret: true }, plain: { type: string } }
sources: []
stages:
  - - name: a
      query: "SELECT error('the \${plain} and \${token} and \${secret:NAME}') AS e"
      show: 1
`;

it('no secret is in what is kept and told', () =>
  Bench.use(async (bench) => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
    const { queue } = await bench.open({ log });
    const by = { name: 'test', secrets: { NAME: canaries.key } };
    const parameters = { token: canaries.parameter, plain: 'word' };
    const { id, parameters: unread } = await queue.submit(submission(document, { parameters }), by);
    expect(unread).toEqual({ token: '***', plain: '***' });
    const run = await ended(queue, id);
    expect(run).toMatchObject({ state: 'failed', parameters: { token: '***', plain: 'word' } });
    expect(run.error?.message).toContain('the word and *** and ***');
    const told = [JSON.stringify(run), JSON.stringify(await eventsOf(queue, id)), ...lines];
    await queue.close();
    const names = await readdir(bench.state, { recursive: true, withFileTypes: true });
    const files = names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) told.push(await readFile(file, 'latin1'));
    for (const text of told) for (const canary of Object.values(canaries)) expect(text).not.toContain(canary);
  }));

it('a second relay on the same state directory is told so', () =>
  Bench.use(async (bench) => {
    const { log, ...options } = bench.options();
    log.silent({});
    const server = new KilledServer(inject('queueServer'), options);
    await server.opened;
    await expect(bench.open()).rejects.toMatchObject({ code: 'command.usage' });
    await server.kill();
    expect((await bench.open()).recovery).toEqual({ waiting: 0, interrupted: 0, notices: [] });
  }));
