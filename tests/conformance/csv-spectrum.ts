// csv-spectrum's own answer to each of its files: a list of records, all text.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { conformanceFolder } from './suites.ts';

type Row = Record<string, unknown>;

export async function expectedTable(file: string): Promise<{ columns: string[]; rows: unknown[][] }> {
  const path = join(conformanceFolder, 'csv-spectrum/json', file.replace(/\.csv$/, '.json'));
  const answer = JSON.parse(await readFile(path, 'utf8')) as Row | Row[];
  const records = Array.isArray(answer) ? answer : [answer];
  return { columns: Object.keys(records[0] ?? {}), rows: records.map((record) => Object.values(record)) };
}
