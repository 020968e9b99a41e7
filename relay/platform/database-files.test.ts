// A database file in a data folder is never opened as one: DuckDB would call `read_duckdb`, which is refused, without its
// name standing in the query.
import { copyFile, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialects } from '../../shared/sql/dialect.ts';
import type { Platform } from '../../shared/platform.ts';
import { openRelayPlatform } from './index.ts';

let data: string;
let platform: Platform;

beforeAll(async () => {
  data = await realpath(await mkdtemp(join(tmpdir(), 'sluice-database-files-')));
  const instance = await DuckDBInstance.create(join(data, 'base.duckdb'));
  const connection = await instance.connect();
  await connection.run('CREATE TABLE a AS SELECT 1 AS a');
  connection.closeSync();
  instance.closeSync();
  for (const ending of ['db', 'ddb', 'DB']) await copyFile(join(data, 'base.duckdb'), join(data, `base.${ending}`));
  platform = await openRelayPlatform({ directories: [data] });
});

afterAll(async () => {
  await platform.close();
  await rm(data, { recursive: true, force: true });
});

describe.each(dialects)('in the dialect %s', (dialect) => {
  it.each([
    ...['duckdb', 'db', 'ddb', 'DB'].map((ending) => `FROM 'DATA/base.${ending}'`),
    'FROM "DATA/base.duckdb"',
    "FROM 'DATA/*.db'",
    "DESCRIBE 'DATA/base.duckdb'",
    "SUMMARIZE 'DATA/base.duckdb'",
    "FROM query('FROM ''DATA/base.db''')",
    "FROM query_table('DATA/base.d' || 'b')",
    "FROM query_table(['DATA/base.db'])",
    "FROM histogram('DATA/base.d' || 'b', a)",
  ])('%s', async (query) => {
    const { engine } = platform;
    const sql = query.replace('DATA', data);
    const refused = { issue: { message: expect.stringContaining('read_duckdb cannot be used here') as string } };
    await expect(engine.describe(sql, { dialect })).rejects.toMatchObject(refused);
    await expect(engine.bind(sql, [], { dialect })).rejects.toMatchObject(refused);
  });
});
