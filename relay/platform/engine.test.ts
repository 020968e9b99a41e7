import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Decimal,
  Int32,
  RecordBatch,
  Utf8,
  makeBuilder,
  makeData,
  Field,
  Schema,
  Struct,
  type Data,
} from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { NativeEngine } from './engine.ts';
import { PrivateFolder } from './private-folder.ts';

let folder: string;
let root: string;
let own: PrivateFolder;
let engine: NativeEngine;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-engine-')));
  root = join(folder, 'data');
  await mkdir(root);
  own = await PrivateFolder.open(folder);
  engine = await NativeEngine.open({ directories: [root], own, memoryLimit: '500MB' });
});

afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const value = async (query: string): Promise<unknown> => {
  let found: unknown;
  for await (const batch of (await engine.query(query)).batches) found = batch.getChildAt(0)?.get(0);
  return found;
};

const issueOf = async (work: Promise<unknown>) => {
  const thrown: unknown = await work.catch((reason: unknown) => reason);
  return thrown instanceof SluiceError ? thrown.issue : undefined;
};

describe('what DuckDB may do', () => {
  it.each([
    ['files elsewhere', `SELECT * FROM read_text('/etc/hostname')`],
    ['a way out', `SELECT * FROM read_text('ROOT/../secret.txt')`],
    ['a link out', `SELECT * FROM read_text('ROOT/link.txt')`],
    ['listing folders elsewhere', `SELECT * FROM glob('/etc/*')`],
  ])('not: %s', async (_, query) => {
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await symlink(join(folder, 'secret.txt'), join(root, 'link.txt'));
    const issue = await issueOf(value(query.replace('ROOT', root)));
    expect(issue?.code).toBe('file.forbidden');
  });

  it.each([
    `COPY (SELECT 1) TO '/tmp/sluice-never.csv'`,
    `ATTACH '/tmp/sluice-never.db'`,
    `INSTALL httpfs`,
    `LOAD '/tmp/never.duckdb_extension'`,
    `SET threads = 1`,
    `SET enable_external_access = true`,
    `SET allowed_directories = ['/']`,
    `SET allowed_configs = ['threads']`,
    `SET temp_directory = '/tmp'`,
  ])('not: %s', async (statement) => {
    expect(await issueOf(engine.execute(statement))).toBeDefined();
    expect(existsSync('/tmp/sluice-never.csv') || existsSync('/tmp/sluice-never.db')).toBe(false);
  });

  it('read and write the data folder', async () => {
    expect(await engine.execute(`COPY (SELECT 42 AS a) TO '${join(root, 'a.csv')}'`)).toBe(1);
    expect(await value(`SELECT a::INTEGER FROM '${join(root, 'a.csv')}'`)).toBe(42);
  });
});

it('no message shows the folder of the process', async () => {
  const said: string[] = [];
  for (const query of [
    `FROM read_csv('${own.path}/spill/x.csv')`,
    `FROM read_csv('${own.path}/secrets/none')`,
    `SELECT error('${own.path}/spill/1.tmp is full')`,
  ]) {
    said.push(
      JSON.stringify(await issueOf(value(query)), (key, given: unknown) => (key === 'query' ? undefined : given)),
    );
  }
  expect(said.join()).toContain('the temporary folder');
  expect(said.join()).not.toContain(own.path);
});

describe('the same results as in the browser', () => {
  it('whatever the time zone of the machine', async () => {
    expect(await value(`SELECT current_setting('TimeZone') || ' ' || current_setting('Calendar')`)).toBe(
      'UTC gregorian',
    );
  });
});

describe('execute', () => {
  it('answers how many rows a statement wrote', async () => {
    expect(await engine.execute('CREATE TABLE t AS FROM range(5)')).toBe(5);
    expect(await engine.execute('INSERT INTO t FROM range(3)')).toBe(3);
    expect(await engine.execute('CREATE VIEW v AS FROM t')).toBeUndefined();
  });
});

describe('a stream that breaks', () => {
  it('tells why, at its place in the query', async () => {
    const query = `SELECT i, CASE WHEN i = 900000 THEN 'x' ELSE i::VARCHAR END::INTEGER AS n FROM range(1000000) t(i)`;
    const { batches } = await engine.query(query);
    const drained = (async () => {
      for await (const batch of batches) expect(batch.numRows).toBeGreaterThan(0);
    })();
    const issue = await issueOf(drained);
    expect(issue).toMatchObject({ code: 'sql.failed', query: { offset: query.indexOf('::INTEGER') } });
    expect(issue?.message).toContain(`Could not convert string 'x'`);
  });

  it('says so even if it would not break again', async () => {
    await engine.execute('CREATE SEQUENCE s');
    const query = `SELECT CASE WHEN nextval('s') = 900000 THEN error('once') ELSE i END AS x FROM range(1000000) t(i)`;
    const drained = (async () => {
      for await (const batch of (await engine.query(query)).batches) expect(batch.numRows).toBeGreaterThan(0);
    })();
    expect((await issueOf(drained))?.code).toBe('sql.failed');
  });
});

describe('close', () => {
  it('ends what runs', async () => {
    const running = issueOf(
      engine.execute('CREATE TABLE t AS SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b'),
    );
    const { batches } = await engine.query('FROM range(100000000)');
    await batches.next();
    await engine.close();
    expect((await running)?.code).toBe('engine.closed');
    expect((await issueOf(batches.next()))?.code).toBe('engine.closed');
    expect((await issueOf(value('SELECT 1')))?.code).toBe('engine.closed');
  });
});

describe('feed', () => {
  const batchOf = (field: Field, data: Data): RecordBatch => {
    const schema = new Schema([field]);
    const rows = { type: new Struct(schema.fields), length: data.length, nullCount: 0, children: [data] };
    return new RecordBatch(schema, makeData(rows));
  };
  const feed = (type: string, ...batches: RecordBatch[]): Promise<number> =>
    engine.feed('fed', [{ name: 'a', type }], async function* () {
      yield* await Promise.resolve(batches);
    });
  const numbers = (type: Int32, ...values: (number | null)[]): Data => {
    const builder = makeBuilder({ type, nullValues: [null] });
    for (const each of values) builder.append(each);
    return builder.finish().flush();
  };

  it('takes slices of batches, nulls and all', async () => {
    const values = Array.from({ length: 5000 }, (_, index) => (index % 3 === 0 ? null : index));
    const batch = batchOf(new Field('a', new Int32(), true), numbers(new Int32(), ...values));
    expect(await feed('INTEGER', batch.slice(13, 4513), batch.slice(0, 13), batch.slice(4513))).toBe(5000);
    const wanted = values.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    expect(await value('SELECT sum(a)::INTEGER FROM fed')).toBe(wanted);
    expect(await value('SELECT (count(*) - count(a))::INTEGER FROM fed')).toBe(1667);
  });

  it('refuses another type than the column has', async () => {
    const batch = batchOf(new Field('a', new Int32(), true), numbers(new Int32(), 1));
    expect((await issueOf(feed('BIGINT', batch)))?.code).toBe('type.unsupported');
  });

  it('refuses a decimal of another scale', async () => {
    const type = new Decimal(2, 18, 128);
    const data = makeData({ type, length: 1, nullCount: 0, data: new Uint32Array([100, 0, 0, 0]) });
    expect(await feed('DECIMAL(18,2)', batchOf(new Field('a', type, true), data))).toBe(1);
    expect(await value('SELECT a::VARCHAR FROM fed')).toBe('1.00');
    await engine.execute('DROP TABLE fed');
    expect((await issueOf(feed('DECIMAL(18,3)', batchOf(new Field('a', type, true), data))))?.code).toBe(
      'type.unsupported',
    );
  });

  it.each([
    ['a broken character', [0xff, 0xfe], [0, 2]],
    ['a character cut in two', [0x61, 0xc3, 0xa9], [0, 2, 3]],
  ])('refuses text that is not UTF-8: %s', async (_, bytes, valueOffsets) => {
    const text = { type: new Utf8(), length: valueOffsets.length - 1, nullCount: 0 };
    const data = makeData({ ...text, valueOffsets: new Int32Array(valueOffsets), data: new Uint8Array(bytes) });
    expect((await issueOf(feed('VARCHAR', batchOf(new Field('a', new Utf8(), true), data))))?.code).toBe(
      'type.unsupported',
    );
  });
});
