// A source's file that changes while a run goes on: what was checked is what is written, or nothing is.
import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Issue } from '../../shared/errors.ts';
import { load } from '../../shared/pipeline/load.ts';
import type { Platform } from '../../shared/platform.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import { runPipeline } from '../../shared/run/run.ts';
import { openRelayPlatform } from './index.ts';

let root: string;
let platform: Platform;

beforeEach(async () => {
  root = await realpath(mkdtempSync(join(tmpdir(), 'sluice-changed-')));
  platform = await openRelayPlatform({ directories: [root] });
  writeFileSync(join(root, 'a.csv'), 'id,name\n1,x\n2,y\n');
  writeFileSync(join(root, 'b.csv'), 'id,name\n1,x\n');
});

afterEach(async () => {
  await platform.close();
  await rm(root, { recursive: true, force: true });
});

const reading = `sources:
  - type: file
    name: t
    location: a.csv
    format: { type: csv }
    checks: [{ type: row_count, max: 2 }, { type: unique, columns: [id] }]
stages:
  - - { name: result, query: SELECT * FROM t }
`;
const writing = (destination: string): string => `${reading}destination: { name: out, ${destination} }\n`;

/** Runs a document, and does something at the first event of this type; the error there was. */
async function run(document: string, at: RunEvent['type'], change: () => void): Promise<Issue | undefined> {
  let issue: Issue | undefined;
  let done = false;
  await runPipeline(load(document, {}), platform, {
    emit: (event) => {
      if (event.type === 'run_failed') issue = event.issue;
      if (event.type !== at || done) return;
      done = true;
      change();
    },
  });
  return issue;
}

const changed = { code: 'file.failed', message: 'a.csv was changed while it was read.', place: { line: 4 } };

it.each([
  ['is written over', (path: string) => writeFileSync(path, 'id,name\n5,z\n5,z\n6,q\n')],
  ['has its columns exchanged', (path: string) => writeFileSync(path, 'name,id\nz,one\nq,two\n')],
  ['is replaced', () => renameSync(join(root, 'b.csv'), join(root, 'a.csv'))],
  ['is removed', (path: string) => rmSync(path)],
  ['gets another time', (path: string) => utimesSync(path, 1, 1)],
])('a run whose source %s after its checks fails, and writes nothing', async (_, change) => {
  for (const format of ['csv', 'json', 'parquet'].map((type) => `{ type: ${type} }`)) {
    for (const more of [
      'location: out.txt',
      'location: out, single_file: false',
      'location: out, partition_columns: [id]',
    ]) {
      writeFileSync(join(root, 'a.csv'), 'id,name\n1,x\n2,y\n');
      writeFileSync(join(root, 'b.csv'), 'id,name\n1,x\n');
      const issue = await run(writing(`type: file, format: ${format}, ${more}`), 'destination_started', () =>
        change(join(root, 'a.csv')),
      );
      expect([format, more, issue]).toMatchObject([format, more, changed]);
    }
  }
  expect((await readdir(root)).filter((name) => !/^[ab]\.csv$/.test(name))).toEqual([]);
});

it('a file that changes while the stages run is told also where nothing is written', async () => {
  const change = (): void => writeFileSync(join(root, 'a.csv'), 'id,name\n');
  expect(await run(reading, 'stage_started', change)).toMatchObject(changed);
});

it('a table in memory stays as it was', async () => {
  const document = writing('type: in_memory');
  expect(await run(document, 'run_completed', () => undefined)).toBeUndefined();
  const issue = await run(document, 'destination_started', () => writeFileSync(join(root, 'a.csv'), 'id,name\n7,z\n'));
  expect(issue).toMatchObject(changed);
  expect(await platform.engine.describe('FROM workspace.out')).toHaveLength(2);
  const tables = await platform.engine.query(
    `SELECT table_name, estimated_size FROM duckdb_tables() WHERE schema_name = 'workspace'`,
  );
  const rows: unknown[] = [];
  for await (const batch of tables.batches)
    for (const row of batch) rows.push(Object.values(row.toJSON() as object).map(String));
  expect(rows).toEqual([['out', '2']]);
});

it('a run may replace its own source', async () => {
  expect(
    await run(writing('type: file, format: { type: csv }, location: a.csv'), 'run_completed', () => undefined),
  ).toBe(undefined);
  expect(await readFile(join(root, 'a.csv'), 'utf8')).toBe('id,name\n1,x\n2,y\n');
});
