// `sluice run` in this process, as a user meets it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, chmod, copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { builtCommand } from '../../../tests/command/built.ts';
import { inFolder, jsonLines, sluice, start } from '../../../tests/command/sluice.ts';

const readings = 'day,warmest\n2024-01-01,3\n2024-01-02,5\n';
const pipeline = `sources:
  - { type: file, name: readings, location: "./\${name}.csv", format: { type: csv, options: {} } }
stages:
  - - name: warm
      query: SELECT * FROM readings WHERE warmest > \${least}
      show: 10
destination:
  { type: file, name: warm, location: ./warm.csv, format: { type: csv, options: {} } }
`;
const files = { 'pipeline.yml': pipeline, 'readings.csv': readings };
const values = ['-p', 'name=readings', '--params', 'least=4'];

/** Takes minutes if it is not stopped. */
const endless = `sources: []
stages:
  - - name: endless
      query: SELECT count(*) AS n FROM range(3000000) a, range(3000000) b WHERE a.range + b.range = -1
destination: { type: file, name: out, location: ./out.csv, format: { type: csv, options: {} } }
`;

describe('sluice run', () => {
  it('prints the lines that Aqueducts prints, shows tables and writes the file', async () => {
    await inFolder(files, async (cwd) => {
      const { code, stdout, stderr } = await sluice(['run', '-f', 'pipeline.yml', ...values], { cwd });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const lines = stdout.split('\n');
      expect(lines).toContain('🚀 Pipeline execution started');
      expect(lines).toContain('📚 Registered source: readings');
      expect(lines).toContain('⚙️  Processing stage: warm (position: 0, sub-position: 0)');
      expect(stdout).toMatch(/^✅ Completed stage: warm \(took: \d+\.\d\ds\)$/m);
      expect(lines).toContain('📦 Data successfully written to destination');
      expect(stdout).toMatch(/^🎉 Pipeline execution completed \(total time: \d+\.\d\ds\)$/m);
      expect(stdout).toContain('\n📋 Table Data: warm\n');
      expect(stdout).toContain('| 2024-01-02 | 5       |');
      expect(await readFile(join(cwd, 'warm.csv'), 'utf8')).toBe('day,warmest\n2024-01-02,5\n');
    });
  });

  it('prints a JSON object a line, with rows as values', async () => {
    await inFolder(files, async (cwd) => {
      const { code, stdout } = await sluice(['run', '-f', 'pipeline.yml', ...values, '--output', 'json'], { cwd });
      expect(code).toBe(0);
      const events = jsonLines(stdout);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
      expect(events.at(-1)?.['type']).toBe('run_completed');
      const { output } = events.find(({ type }) => type === 'stage_output') as { output: unknown };
      expect(output).toMatchObject({ kind: 'show', rows: 1, values: [{ day: '2024-01-02', warmest: '5' }] });
    });
  });

  it('takes the document from standard input, and values from a file; those of the command line win', async () => {
    const more = { ...files, 'values.toml': 'name = "readings"\nleast = 100\n' };
    await inFolder(more, async (cwd) => {
      const words = ['run', '-f', '-', '--params-file', 'values.toml', '--param', 'least=4', '--log-level', 'error'];
      const { code, stdout } = await sluice(words, { cwd, input: pipeline });
      expect(code).toBe(0);
      expect(stdout).toContain('2024-01-02');
      expect(stdout).not.toContain('🚀');
    });
  });

  it('quotes the line that is to blame and fails', async () => {
    await inFolder({ ...files, 'pipeline.yml': pipeline.replace('warmest > ', 'warmst > ') }, async (cwd) => {
      const { code, stderr } = await sluice(['run', '-f', 'pipeline.yml', ...values], { cwd });
      expect(code).toBe(1);
      expect(stderr).toContain('error[sql.binding]');
      expect(stderr).toContain('--> pipeline.yml:5:');
      const [, quoted, carets] = /5 \| (.*)\n +\| ( *\^+)\n/.exec(stderr) ?? [];
      expect(quoted?.slice(carets?.indexOf('^'), carets?.length)).toBe('warmst');
    });
  });

  it('tells all that is wrong with a document before it runs anything', async () => {
    await inFolder(files, async (cwd) => {
      const { code, stdout, stderr } = await sluice(['run', '-f', 'pipeline.yml'], { cwd });
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr.match(/error\[parameter\.missing\]/g)).toHaveLength(2);
      const json = await sluice(['run', '-f', 'pipeline.yml', '--output', 'json'], { cwd });
      expect(json.code).toBe(1);
      expect(jsonLines(json.stdout).at(-1)).toMatchObject({ type: 'run_failed', issue: { code: 'parameter.missing' } });
    });
  });

  it.each([
    [['run'], 2, "required option '-f, --file <path>' not specified"],
    [['run', '-f', 'x.yml', '-p', 'novalue'], 2, 'key=value'],
    [['run', '-f', 'x.yml', '--wrong'], 2, 'unknown option'],
    [['run', '-f', 'x.yml', '--memory-limit', 'lots'], 2, 'such as 2GB'],
    [['run', '-f', 'no-such-file.yml'], 1, "Pipeline file not found: 'no-such-file.yml'"],
    [['run', '-f', '/'], 1, 'cannot be read'],
    [['nonsense'], 2, 'unknown command'],
    [[], 2, 'Usage: sluice'],
  ])('%j ends with code %i', async (words, code, told) => {
    const ended = await sluice(words);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(told);
  });

  it('says that a table in memory is gone when it ends', async () => {
    const input = `sources: []
stages: [[{ name: a, query: SELECT 42 AS answer }]]
destination: { type: in_memory, name: answers }
`;
    const { code, stdout, stderr } = await sluice(['run', '-f', '-'], { input });
    expect(code).toBe(0);
    expect(stdout + stderr).toContain(
      'warning[table.not_kept]: The table answers is kept in the memory of this run alone',
    );
  });

  it('keeps control characters of data and names away from the terminal', async () => {
    const text = `sources: []\nstages:\n  - - { name: "a\\e]0;b", query: "SELECT chr(27) || '[2J' || chr(155) || chr(8238) AS c", show: 3 }\n`;
    for (const output of ['text', 'json']) {
      const { code, stdout, stderr } = await sluice(['run', '-f', '-', '--output', output], { input: text });
      expect(code).toBe(0);
      expect(stdout.replaceAll('\n', '') + stderr.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });

  it('spills what is larger than the memory', async () => {
    const document = `sources: []
stages:
  - - name: sorted
      query: SELECT range AS id, md5(range::VARCHAR) AS text FROM range(1500000) ORDER BY text
destination: { type: file, name: out, location: ./out.parquet, format: { type: parquet, options: {} } }
`;
    await inFolder({ 'p.yml': document }, async (cwd) => {
      const words = ['run', '-f', 'p.yml', '--memory-limit', '60MB', '--threads', '1'];
      expect(await sluice(words, { cwd })).toMatchObject({ code: 0, stderr: '' });
    });
  });

  it.skipIf(!existsSync('/dev/full'))('says that standard output is full, and leaves nothing behind', async () => {
    const text = 'sources: []\nstages: [[{ name: a, query: "FROM range(20000)", show: 10000 }]]\n';
    await inFolder({ 'p.yml': text, 'tmp/keep': '' }, async (cwd) => {
      const line = `"${process.execPath}" "${await builtCommand()}" run -f p.yml > /dev/full`;
      const env = { ...process.env, TMPDIR: join(cwd, 'tmp') };
      const ended = promisify(execFile)('sh', ['-c', line], { cwd, env });
      const { code, stderr } = (await ended.catch((thrown: unknown) => thrown)) as { code: number; stderr: string };
      expect(stderr).toBe(
        'error[storage.full]: Standard output cannot be written: there is no room left where it goes.\n',
      );
      expect(code).toBe(1);
      expect(await readdir(join(cwd, 'tmp'))).toEqual(['keep']);
    });
  });

  it('ends in silence when nobody reads any more', async () => {
    const document =
      'sources: []\nstages:\n  - - { name: many, query: "SELECT repeat(\'x\', 9000) AS x FROM range(500)", show: 500 }\n';
    const running = await start(['run', '-f', '-'], { input: document });
    running.child.stdout.destroy();
    const { code, stderr } = await running.ended;
    expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
  });
});

it.runIf(process.platform === 'linux')('what was typed is not in the process list', async () => {
  const words = ['run', '-f', '-', '-p', 'unused=canary', '--api-key', 'canary', '--output', 'json'];
  const running = await start(words, { input: endless });
  await running.until('"stage_started"');
  const listed = await readFile(`/proc/${running.child.pid ?? 0}/cmdline`, 'utf8');
  running.child.kill('SIGTERM');
  await running.ended;
  expect(listed).toMatch(/^sluice\0*$/);
});

describe.runIf(process.platform !== 'win32')('Ctrl+C', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s cancels the run: no file, no traces, code %i', async (signal, expected) => {
    await inFolder({ 'p.yml': endless }, async (cwd) => {
      const running = await start(['run', '-f', 'p.yml', '--output', 'json'], { cwd });
      await running.until('"stage_started"');
      running.child.kill(signal);
      const { code, stdout, stderr } = await running.ended;
      expect(code).toBe(expected);
      expect(jsonLines(stdout).at(-1)?.['type']).toBe('run_cancelled');
      expect(stderr).toContain('Stopping');
      expect(await readdir(cwd)).toEqual(['p.yml']);
    });
  });

  it('twice ends at once', async () => {
    await inFolder({ 'p.yml': endless }, async (cwd) => {
      const running = await start(['run', '-f', 'p.yml', '--output', 'json'], { cwd });
      await running.until('"stage_started"');
      // whenever the second one comes, the command ends with this code
      const again = setInterval(() => running.child.kill('SIGINT'), 100);
      const { code } = await running.ended;
      clearInterval(again);
      expect(code).toBe(130);
      await expect(access(join(cwd, 'out.csv'))).rejects.toThrow();
    });
  });
});

describe('what a run of one’s own may reach', () => {
  const shows = (source: string): string => `sources: [${source}]
stages:
  - - { name: all, query: SELECT * FROM s, show: 5 }
`;

  it('files outside of the working directory, by an absolute path or ..', async () => {
    await inFolder({ 'data.csv': 'a\n7\n', 'below/p.yml': '' }, async (folder) => {
      for (const location of [join(folder, 'data.csv'), '../data.csv']) {
        const input = shows(`{ type: file, name: s, location: "${location}", format: { type: csv } }`);
        const { code, stdout } = await sluice(['run', '-f', '-'], { cwd: join(folder, 'below'), input });
        expect(code).toBe(0);
        expect(stdout).toContain('| 7 |');
      }
    });
  });

  it('hosts of one’s own network', async () => {
    const server = createServer((_, response) => response.end('a\n7\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    for (const host of ['127.0.0.1', 'localhost']) {
      const input = shows(`{ type: file, name: s, location: "http://${host}:${port}/s.csv", format: { type: csv } }`);
      const { code, stdout } = await sluice(['run', '-f', '-', '--log-level', 'error'], { input });
      expect(code).toBe(0);
      expect(stdout).toContain('| 7 |');
    }
    await new Promise((resolve) => server.close(resolve));
  });

  it('secrets come from a file, and show nowhere but in rows', async () => {
    const document = `sources: []
stages:
  - - { name: all, query: "SELECT length('\${secret:WORD}') AS n, no_such_function('\${secret:WORD}')", show: 5 }
`;
    await inFolder({ '.env': '# mine\nWORD="canary bird"\n' }, async (cwd) => {
      for (const output of ['text', 'json']) {
        const words = ['run', '-f', '-', '--output', output];
        const { code, stdout, stderr } = await sluice([...words, '--env-file', '.env'], { cwd, input: document });
        expect(code).toBe(1);
        expect(stdout + stderr).toContain('no_such_function');
        expect(stdout + stderr).not.toContain('canary');
        const without = await sluice(words, { cwd, input: document });
        expect(without.code).toBe(1);
        expect(without.stdout + without.stderr).toContain('secret.not_found');
      }
      const fixed = document.replace(/, no_such_function.*?\)"/, '"');
      const { stdout } = await sluice(['run', '-f', '-', '--env-file', '.env'], { cwd, input: fixed });
      expect(stdout).toContain('| 11 |');
    });
  });

  it.each(['1KB', '5MB'])(
    'tells in words that %s of memory are too few (printed JSON and SET advice)',
    async (limit) => {
      const input = 'sources: []\nstages: [[{ name: a, query: SELECT 1 AS n, show: 1 }]]\n';
      const { code, stderr } = await sluice(['run', '-f', '-', '--memory-limit', limit], { input });
      expect(code).toBe(1);
      expect(stderr).toContain(`A memory limit of ${limit} is too small for DuckDB.`);
      expect(stderr).toContain('Give 64MB or more');
      expect(stderr).not.toMatch(/exception_type|SET |https?:/);
    },
  );

  it.skipIf(process.platform === 'win32')('reads --env-file itself as the linked command (Node 20 did)', async () => {
    const program = join(dirname(await builtCommand()), '../../scripts/sluice.mjs');
    await mkdir(dirname(program), { recursive: true });
    await copyFile('scripts/sluice.mjs', program);
    await chmod(program, 0o755);
    await inFolder({ 'pipeline.yml': 'sources: []\nstages: []\n' }, async (cwd) => {
      const ended = promisify(execFile)(program, ['run', '-f', 'pipeline.yml', '--env-file', 'nope'], { cwd });
      await expect(ended).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('nope') as string });
      await expect(ended).rejects.not.toMatchObject({ stderr: expect.stringMatching(/^node: /) as string });
    });
  });
});
