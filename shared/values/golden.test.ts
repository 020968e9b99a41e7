import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { quoteLiteral } from '../sql/quote.ts';
import { parseType } from '../sql/types.ts';
import { goldenValues, relayGoldenValues } from './golden.ts';
import { jsonOf } from './json.ts';
import { displayText } from './text.ts';
import { transportQuery } from './transport.ts';

const native = await (await DuckDBInstance.create(':memory:')).connect();
await native.run("SET TimeZone = 'UTC'");
const folder = await mkdtemp(path.join(tmpdir(), 'sluice-golden-'));
afterAll(() => rm(folder, { recursive: true }));

async function one(sql: string): Promise<unknown> {
  return (await native.runAndReadAll(sql)).getRowsJson()[0]?.[0];
}

function hexadecimal(text: string): string {
  return Buffer.from(text).toString('hex').toUpperCase();
}

async function copied(query: string): Promise<string> {
  const file = path.join(folder, 'value.json');
  await native.run(`COPY (${query}) TO ${quoteLiteral(file)} (FORMAT json)`);
  return (await readFile(file, 'utf8')).trimEnd();
}

describe.each([...goldenValues, ...relayGoldenValues])('$sql', ({ sql, type: typeText, value }) => {
  const type = parseType(typeText);

  it('has the type and the text that DuckDB gives it', async () => {
    expect(await one(`SELECT column_type FROM (DESCRIBE SELECT ${sql})`)).toBe(typeText);
    // Compared as bytes in hexadecimal, because the Node client drops a byte order mark.
    const text = await one(`SELECT hex(encode((${sql})::VARCHAR))`);
    expect(text).toBe(value === null ? null : hexadecimal(displayText(value, type)));
  });

  it('is written as JSON as DuckDB writes it', async () => {
    if (type.kind === 'union' || type.kind === 'tuple') return; // travel as text, and are written as text
    expect(`{"v":${jsonOf(value, type)}}`).toBe(await copied(`SELECT ${sql} AS v`));
  });

  it('can be cast for transport', async () => {
    const { sql: transport } = transportQuery(`SELECT ${sql} AS v`, [{ name: 'v', type: typeText }]);
    await expect(native.run(transport)).resolves.toBeDefined();
  });
});
