// Ways out of the data folder that a document may try, by its queries and by its locations: none may reach anything.
import { link, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { load } from '../../shared/pipeline/load.ts';
import type { Platform } from '../../shared/platform.ts';
import { planPipeline } from '../../shared/run/plan.ts';
import { runPipeline } from '../../shared/run/run.ts';
import { openRelayPlatform } from './index.ts';

const canary = 'canary-7f3a';

let folder: string;
let data: string;
let platform: Platform;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-escapes-')));
  data = join(folder, 'data');
  for (const name of ['data/own', 'data2', 'tenant', 'temporary']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['secret.txt', 'data2/secret.txt', 'tenant/secret.txt', 'secret.csv']) {
    await writeFile(join(folder, name), `a\n${canary}\n`);
  }
  await writeFile(join(data, 'own', 'a.csv'), 'a\n1\n');
  await symlink(join(folder, 'secret.txt'), join(data, 'link.txt'));
  await symlink(join(folder, 'tenant'), join(data, 'link'));
  await symlink('../../tenant', join(data, 'own', 'up'));
  await symlink(`/proc/self/environ`, join(data, 'environ'));
  await link(join(folder, 'secret.csv'), join(data, 'hard.csv'));
  process.env['SLUICE_CANARY'] = canary;
  platform = await openRelayPlatform({
    directories: [data],
    temporary: join(folder, 'temporary'),
    memoryLimit: '500MB',
  });
});

afterAll(async () => {
  delete process.env['SLUICE_CANARY'];
  await platform.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a document; all that came out of it as text, rows included. */
async function told(document: unknown): Promise<{ outcome: string; text: string }> {
  const seen: string[] = [];
  const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  const { outcome } = await runPipeline(load(JSON.stringify(document), {}, 'json'), platform, {
    emit: (event) => {
      seen.push(JSON.stringify(event, (_, value: unknown) => (value instanceof Uint8Array ? decode(value) : value)));
    },
  });
  return { outcome, text: seen.join('\n') };
}

/** Everything in the folder but the private one of the platform: paths, and the content of files. */
async function state(): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const others = entries.filter((entry) => !entry.parentPath.startsWith(join(folder, 'temporary')));
  const read = others.map(async (entry): Promise<[string, string]> => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length), entry.isFile() ? await readFile(path, 'utf8') : ''];
  });
  return Object.fromEntries(await Promise.all(read));
}

async function expectNothing(document: unknown): Promise<void> {
  const before = await state();
  const { outcome, text } = await told(document);
  expect(text).not.toContain(canary);
  expect(text).not.toContain('root:x:0');
  expect(text).not.toMatch(/"code":"(internal|engine\.)/);
  expect(await state()).toEqual(before);
  expect(outcome).toBe('failed');
}

const fill = (text: string): string => text.replaceAll('DATA', data).replaceAll('OUT', folder);

it('what is in the data folder is reached', async () => {
  const query = fill(`FROM read_text('DATA/own/a.csv')`);
  const { outcome, text } = await told({ sources: [], stages: [[{ name: 'a', query, show: 10 }]] });
  expect([outcome, text.includes(join(data, 'own/a.csv'))]).toEqual(['succeeded', true]);
});

describe('a query reaches nothing outside', () => {
  it.each([
    `FROM read_text('/proc/self/environ')`,
    `FROM read_blob('/proc/self/environ')`,
    `FROM read_csv('/etc/passwd')`,
    `FROM '/etc/passwd'`,
    `FROM read_csv('DATA/environ')`,
    `FROM read_text('/proc/self/cwd/package.json')`,
    `FROM read_text('OUT/secret.txt')`,
    `FROM read_text('DATA/../secret.txt')`,
    `FROM read_text('DATA/own/../../secret.txt')`,
    `FROM read_text('DATA//..//secret.txt')`,
    `FROM read_text('DATA/link.txt')`,
    `FROM read_text('DATA/link/secret.txt')`,
    `FROM read_text('DATA/own/up/secret.txt')`,
    `FROM read_text('OUT/data2/secret.txt')`,
    `FROM read_text('OUT/tenant/secret.txt')`,
    `FROM read_text('OUT/dat?2/secret.txt')`,
    `FROM read_text(['DATA/own/a.csv', 'OUT/secret.txt'])`,
    `FROM read_text('file://OUT/secret.txt')`,
    `FROM read_text('file:OUT/secret.txt')`,
    `FROM read_text('~/leftovers')`,
    `FROM read_text('~/../../secret.txt')`,
    `FROM read_csv('DATA/%2e%2e/secret.txt')`,
    `FROM read_csv('|cat OUT/secret.txt')`,
    `FROM read_json('OUT/secret.txt')`,
    `FROM read_parquet('OUT/secret.txt')`,
    `FROM read_duckdb('OUT/secret.txt')`,
    `FROM parquet_metadata('OUT/secret.txt')`,
    `FROM parquet_schema('/etc/passwd')`,
    `FROM sniff_csv('OUT/secret.txt')`,
    `FROM glob('OUT/*') WHERE error(file)`,
    `FROM glob('DATA/../*') WHERE error(file)`,
    `FROM glob('/proc/self/*')`,
    `FROM read_text('http://127.0.0.1:1/x')`,
    `FROM read_csv('s3://bucket/x.csv')`,
    `FROM query('FROM read_text(''OUT/secret.txt'')')`,
    `FROM query('COPY (SELECT 1) TO ''OUT/out.csv''')`,
    `FROM query('FROM ena' || 'ble_logging(storage := ''file'', storage_path := ''DATA/log'')')`,
    `FROM query('FROM enable_logging(storage := ''file'', storage_path := ''DATA/log'')')`,
    `FROM query("FROM enable_logging(storage := 'file', storage_path := 'DATA/log')")`,
    `FROM enable_logging(storage := 'file', storage_path := 'DATA/log')`,
    `FROM system.main."ENABLE_LOGGING" /**/ (storage := 'file', storage_path := 'OUT/log')`,
    `FROM enable_profiling(format := 'json', save_location := 'OUT/profile.json')`,
    `FROM enable_profiling(format := 'json', save_location := 'DATA/profile.json')`,
    `FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))`,
    `FROM query(E'FROM \\545nable_logging(storage := \\'file\\', storage_path := \\'DATA/log\\')')`,
    `SELECT json_serialize_plan('FROM query(''FROM ena' || 'ble_logging(storage := file)'')')`,
    `PIVOT (SELECT 1 AS a FROM enable_logging(storage := 'file', storage_path := 'DATA/log')) ON a`,
    `SELECT getenv('SLUICE_CANARY')`,
    `COPY (SELECT 1) TO 'OUT/out.csv'`,
    `COPY (SELECT 1) TO 'DATA/out.csv'`,
    `ATTACH 'OUT/x.db'`,
    `ATTACH 'OUT/secret.txt' AS x`,
    `INSTALL httpfs`,
    `LOAD 'OUT/x.duckdb_extension'`,
    `SET enable_external_access = true`,
    `SET allowed_directories = ['/']`,
    `RESET lock_configuration`,
    `PRAGMA enable_profiling`,
    `EXPORT DATABASE 'OUT/export'`,
    `IMPORT DATABASE 'OUT/export'`,
    `CREATE SECRET s (TYPE s3)`,
    `SELECT 1; COPY (SELECT 1) TO 'OUT/out.csv'`,
    `SELECT 1) TO 'OUT/out.csv' --`,
  ])('%s', async (query) => {
    await expectNothing({ sources: [], stages: [[{ name: 'a', query: fill(query), show: 10 }]] });
  });

  it('and finds no environment, no proxy and no path but the own ones in the settings', async () => {
    const query = `SELECT string_agg(name || '=' || value, ';') AS s FROM duckdb_settings()`;
    const { outcome, text } = await told({ sources: [], stages: [[{ name: 'a', query, show: 10 }]] });
    expect(outcome).toBe('succeeded');
    expect(text).not.toContain(canary);
    expect(text).not.toContain(process.env['HOME'] ?? canary);
  });
});

describe('a call of an address of memory is refused before DuckDB binds it', () => {
  const calls = [
    'FROM arrow_scan(NULL, NULL, NULL)',
    `FROM query(E'FROM \\141rrow_scan(NULL, NULL, NULL)')`,
    `FROM query(E'FROM \\x61rrow_scan(NULL, NULL, NULL)')`,
    `FROM query(E'FROM \\541rrow_scan(NULL, NULL, NULL)')`,
    `FROM query(E'FROM \\552son_execute_serialized_sql(\\'{}\\')')`,
  ];
  const sources = [{ type: 'inline', name: 's', format: { type: 'json', options: {} }, rows: [{ a: 1 }] }];

  it.each(calls)('in a stage: %s', async (query) => {
    const { outcome, text } = await told({ sources: [], stages: [[{ name: 'a', query, show: 10 }]] });
    expect([outcome, text]).toEqual(['failed', expect.stringContaining('cannot be used here: it ')]);
  });

  it.each(calls)('in a check: %s', async (query) => {
    const checks = [{ type: 'expression', expression: `EXISTS (${query})` }];
    const { outcome, text } = await told({ sources: [], stages: [[{ name: 'a', query: 'SELECT 1 AS a', checks }]] });
    expect([outcome, text]).toEqual(['failed', expect.stringContaining('cannot be used here: it ')]);
  });

  it.each(calls)('in a plan: %s', async (query) => {
    const document = { sources: [], stages: [[{ name: 'a', query }]] };
    const { issues } = await planPipeline(load(JSON.stringify(document), {}, 'json'), platform);
    expect(issues).toMatchObject([{ message: expect.stringContaining('cannot be used here: it ') as string }]);
  });

  it.each(calls)('in what is explained: %s', async (query) => {
    const { outcome } = await told({ sources, stages: [[{ name: 'a', query, explain_analyze: true }]] });
    expect(outcome).toBe('failed');
  });
});

const locations = [
  '/etc/passwd',
  '/proc/self/environ',
  'environ',
  'OUT/secret.txt',
  '../secret.txt',
  'own/../../secret.txt',
  './../secret.txt',
  'link.txt',
  'link/secret.txt',
  'own/up/secret.txt',
  'OUT/data2/secret.txt',
  '../data2/secret.txt',
  'OUT/tenant/secret.txt',
  'file://OUT/secret.txt',
  'file://DATA/../secret.txt',
  'file://DATA/%2e%2e/secret.txt',
  'FILE://OUT/secret.txt',
  'file://example.com/etc/passwd',
  'file://DATA/..%2fsecret.txt',
  '%2e%2e/secret.txt',
  '..%2fsecret.txt',
  '..\\secret.txt',
  '\\\\server\\share\\secret.txt',
  '//server/share/secret.txt',
  '~/secret.txt',
  '$HOME/secret.txt',
  '|cat /etc/passwd',
  'link.txt\0.csv',
  'OUT/secret.txt\0',
];

describe('a source reads nothing outside', () => {
  it.each(locations)('%j', async (location) => {
    const source = { type: 'file', name: 's', format: { type: 'csv' }, location: fill(location) };
    await expectNothing({ sources: [source], stages: [[{ name: 'a', query: 'FROM s', show: 10 }]] });
  });

  it.each(['..', '../*', 'OUT/*.txt', 'link', '*/secret.txt', '../data2', 'own/up', '/etc'])(
    'folder %j',
    async (location) => {
      const source = { type: 'directory', name: 's', format: { type: 'csv' }, location: fill(location) };
      await expectNothing({ sources: [source], stages: [[{ name: 'a', query: 'FROM s', show: 10 }]] });
    },
  );
});

describe('a destination writes nothing outside', () => {
  const outside = locations.filter((location) => /[/\\]/.test(location) && !/^(%2|\.\.[\\%]|[\\|~$])/.test(location));
  it.each([...outside, 'OUT/new.csv', '../new.csv', 'link/new.csv', 'own/up/deep/new.csv'])('%j', async (location) => {
    const destination = { type: 'file', name: 'd', format: { type: 'csv' }, location: fill(location) };
    await expectNothing({ sources: [], stages: [[{ name: 'a', query: 'SELECT 1 AS a' }]], destination });
  });

  it('takes the name of a hard link, not its content', async () => {
    const destination = { type: 'file', name: 'd', format: { type: 'csv' }, location: 'hard.csv' };
    const { outcome } = await told({ sources: [], stages: [[{ name: 'a', query: 'SELECT 1 AS a' }]], destination });
    expect(outcome).toBe('succeeded');
    expect(await readFile(join(folder, 'secret.csv'), 'utf8')).toContain(canary);
    expect(await readFile(join(data, 'hard.csv'), 'utf8')).not.toContain(canary);
  });
});

it('a link that comes between the look and the reading is noticed', async () => {
  await writeFile(join(data, 'swapped.txt'), 'harmless');
  const file = await platform.files.open('swapped.txt');
  await rm(join(data, 'swapped.txt'));
  await symlink(join(folder, 'secret.txt'), join(data, 'swapped.txt'));
  await expect(file.read(0, 100)).rejects.toMatchObject({ code: 'file.failed' });
  await file.close();
  await rm(join(data, 'swapped.txt'));
});

it('a link that comes while a file is written is noticed before it takes its name', async () => {
  await mkdir(join(data, 'later'));
  const file = await platform.files.create('later/out.txt');
  await file.write(new TextEncoder().encode('x'));
  await rm(join(data, 'later'), { recursive: true });
  await symlink(join(folder, 'tenant'), join(data, 'later'));
  await expect(file.commit()).rejects.toMatchObject({ code: 'file.forbidden' });
  await file.abort();
  await rm(join(data, 'later'));
  expect(await readdir(join(folder, 'tenant'))).toEqual(['secret.txt']);
});

it('a relay that shares nothing says how to share something', async () => {
  const closed = await openRelayPlatform({ directories: [], temporary: join(folder, 'temporary') });
  for (const location of ['a.csv', join(data, 'own/a.csv'), '/etc/passwd', '.']) {
    const error: unknown = await closed.files.open(location).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'file.forbidden',
      issue: { hint: expect.stringContaining('--data-dir') as string },
    });
  }
  await closed.close();
});
