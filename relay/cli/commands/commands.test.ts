// The commands that run nothing: validate, plan, convert, schema, completion, help.
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import process from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pipelineJsonSchema } from '../../../shared/pipeline/json-schema.ts';
import { load } from '../../../shared/pipeline/load.ts';
import { parseDocument } from '../../../shared/pipeline/document.ts';
import { inFolder, sluice } from '../../../tests/command/sluice.ts';

const yaml = `# what it is for
sources:
  - { type: file, name: readings, location: "./\${name}.csv", format: { type: csv, options: {} } }
stages:
  - - name: warm
      query: |
        SELECT *
        FROM readings
destination: { type: file, name: warm, location: ./warm.csv, format: { type: csv, options: {} } }
`;
const files = { 'p.yml': yaml, 'readings.csv': 'day,warmest\n2024-01-01,3\n' };
const values = ['-p', 'name=readings'];

describe('sluice validate', () => {
  it('says that a document is valid', async () => {
    await inFolder(files, async (cwd) => {
      const ended = await sluice(['validate', '-f', 'p.yml', ...values], { cwd });
      expect(ended).toEqual({ code: 0, stdout: 'p.yml is valid\n', stderr: '' });
    });
  });

  it('tells every issue with its line; warnings fail only with --strict', async () => {
    const wrong = yaml.replace('stages:', 'stagse: 1\nstages:');
    const lenient = await sluice(['validate', '-f', '-', ...values], { input: wrong });
    expect(lenient).toMatchObject({ code: 0, stdout: 'standard input is valid: 1 warning\n' });
    expect(lenient.stderr).toContain('warning[document.unknown_field]');
    expect(lenient.stderr).toContain('--> standard input:4:1');
    expect(lenient.stderr).toContain('4 | stagse: 1\n  | ^^^^^^\n');
    const strict = await sluice(['validate', '-f', '-', '--strict', ...values], { input: wrong });
    expect(strict).toMatchObject({ code: 1, stdout: 'standard input is not valid: 1 warning\n' });
  });

  it('gives the issues as JSON', async () => {
    const { code, stdout } = await sluice(['validate', '-f', '-', '--output', 'json'], { input: yaml });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      issues: [{ code: 'parameter.missing', place: { line: 3 } }],
    });
  });

  it.each([
    ['broken', 'sources: [', 'error[document.syntax]'],
    ['empty', '', 'The document is empty'],
    ['too deep', '['.repeat(5000), 'error[document.limit]'],
  ])('a document that is %s', async (_name, input, told) => {
    const { code, stderr } = await sluice(['validate', '-f', '-'], { input });
    expect(code).toBe(1);
    expect(stderr).toContain(told);
  });
});

describe('values', () => {
  it.each([
    ['values.yml', 'name: readings\n'],
    ['values.json', '{"name": "readings"}'],
    ['values.toml', 'name = "readings"\n'],
  ])('come from %s', async (name, text) => {
    await inFolder({ ...files, [name]: text }, async (cwd) => {
      const ended = await sluice(['validate', '-f', 'p.yml', '--params-file', name], { cwd });
      expect(ended).toMatchObject({ code: 0, stderr: '' });
    });
  });

  it('are numbers as they were typed, and no lists', async () => {
    const document = 'sources: []\nstages:\n  - - { name: a, query: "SELECT ${n} AS n" }\n';
    const numbers = { 'n.yml': 'n: 1.50\n', 'list.yml': 'n:\n  - 1\n' };
    await inFolder(numbers, async (cwd) => {
      const convert = ['convert', '-f', '-', '--to', 'canonical', '--params-file'];
      expect((await sluice([...convert, 'n.yml'], { cwd, input: document })).stdout).toContain('SELECT 1.50 AS n');
      const { code, stderr } = await sluice([...convert, 'list.yml'], { cwd, input: document });
      expect(code).toBe(1);
      expect(stderr).toContain('--> list.yml:2:3');
    });
  });
});

describe('sluice plan', () => {
  it('tells what would be read and written, the graph, and where it can run; and writes nothing', async () => {
    await inFolder(files, async (cwd) => {
      const { code, stdout, stderr } = await sluice(['plan', '-f', 'p.yml', ...values], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toBe(`Reads
  readings  file ./readings.csv (25 B)
    day DATE, warmest BIGINT
Computes
  warm <- readings  view
    day DATE, warmest BIGINT
Writes
  warm <- warm  file ./warm.csv
Contacts
  nobody
Can run
  in a browser: yes
  on a relay or with sluice run: yes
`);
      expect((await readdir(cwd)).sort()).toEqual(['p.yml', 'readings.csv']);
    });
  });

  it('is JSON, too', async () => {
    await inFolder(files, async (cwd) => {
      const { stdout } = await sluice(['plan', '-f', 'p.yml', '--output', 'json', ...values], { cwd });
      expect(JSON.parse(stdout)).toMatchObject({
        issues: [],
        plan: { stages: [{ name: 'warm', reads: ['readings'] }] },
      });
    });
  });

  it('fails with all that is wrong, at its place', async () => {
    await inFolder({ ...files, 'p.yml': yaml.replace('SELECT *', 'SELECT nothing') }, async (cwd) => {
      const { code, stdout, stderr } = await sluice(['plan', '-f', 'p.yml', ...values], { cwd });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('--> p.yml:7:16');
    });
  });
});

describe('sluice convert', () => {
  it.each(['json', 'toml', 'yaml'] as const)('to %s keeps the meaning', async (to) => {
    const { code, stdout } = await sluice(['convert', '-f', '-', '--to', to], { input: yaml });
    expect(code).toBe(0);
    expect(parseDocument(stdout, to).document?.value).toEqual(parseDocument(yaml).document?.value);
    expect(load(stdout, { name: 'readings' }, to).issues).toEqual([]);
  });

  it('leaves a document that is in that syntax as it was typed; elsewhere it tells that comments are lost', async () => {
    expect(await sluice(['convert', '-f', '-', '--to', 'yaml'], { input: yaml })).toEqual({
      code: 0,
      stdout: yaml,
      stderr: '',
    });
    expect((await sluice(['convert', '-f', '-', '--to', 'json'], { input: yaml })).stderr).toContain(
      'Comments are left out',
    );
  });

  it('to canonical JSON puts values in and masks secrets', async () => {
    const input = `params: { name: { secret: true } }\n${yaml}`;
    const { code, stdout } = await sluice(['convert', '-f', '-', '--to', 'canonical', '-p', 'name=canary'], { input });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ version: 'v2', sources: [{ location: './***.csv' }] });
  });

  it('keeps large integers', async () => {
    const input = '{"sources": [], "stages": [], "x": 12345678901234567890}';
    for (const to of ['yaml', 'json']) {
      expect((await sluice(['convert', '-f', '-', '--to', to], { input })).stdout).toContain('12345678901234567890');
    }
  });
});

describe('a wrong command line', () => {
  it.each([
    [['serve', '--port', 'x'], '--port must be'],
    [['serve', '--time-limit', 'long'], '--time-limit must be'],
    [['key', 'a b'], 'A name is 1 to 64 letters'],
    [['key', 'a', '--expires', 'never'], '--expires must be a moment'],
    [['run', '-f', '-', '--executor', 'ftp://x', ...values], "'ftp://x' is no address of a relay."],
  ])('%j ends with 2, whatever is wrong about it', async (words, told) => {
    const { code, stderr } = await sluice(words, { input: yaml });
    expect(stderr).toContain(told);
    expect(code).toBe(2);
  });
});

describe('a text without an end', () => {
  it.skipIf(process.platform === 'win32').each([[['-f', '/dev/zero']], [['-f', '-', '--params-file', '/dev/zero']]])(
    '%j is read no further than 8 MiB',
    async (words) => {
      const { code, stderr } = await sluice(['validate', ...words], { input: yaml });
      expect(stderr).toContain('is longer than 8 MiB');
      expect(code).toBe(1);
    },
  );
});

describe('what the command says of itself', () => {
  it('the schema', async () => {
    const { code, stdout } = await sluice(['schema']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(pipelineJsonSchema())));
  });

  it('the version and help', async () => {
    expect((await sluice(['-V'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { code, stdout } = await sluice(['--help']);
    expect(code).toBe(0);
    for (const name of ['run', 'cancel', 'validate', 'plan', 'convert', 'schema', 'completion']) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
      expect((await sluice([name, '--help'])).code).toBe(0);
    }
  });

  it('completion that bash can load and that knows commands, options and values', async () => {
    const { stdout } = await sluice(['completion', 'bash']);
    const complete = async (...words: string[]): Promise<string[]> => {
      const script = `${stdout}
COMP_WORDS=(sluice "$@"); COMP_CWORD=$#; compopt() { :; }; _sluice; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const done = await promisify(execFile)('bash', ['-c', script, 'bash', ...words]);
      return done.stdout.trim().split('\n');
    };
    expect(await complete('va')).toEqual(['validate']);
    expect(await complete('run', '--para')).toEqual(['--params', '--param', '--params-file']);
    expect(await complete('run', '--output', '')).toEqual(['text', 'json']);
    expect(await complete('completion', 'f')).toEqual(['fish']);
  });

  it.each(['zsh', 'fish'])('completion for %s', async (shell) => {
    const { code, stdout } = await sluice(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('params-file');
    expect(stdout).toContain('yaml json toml canonical');
  });
});
