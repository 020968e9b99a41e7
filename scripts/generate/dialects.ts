// Writes the tables of functions into docs/dialects.md, between its two marks.
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { functionTable } from '../../shared/sql/datafusion/functions.ts';

const path = 'docs/dialects.md';
const marks = /(<!-- functions -->).*(<!-- end of functions -->)/s;

export async function writeDialects(): Promise<void> {
  const text = readFileSync(path, 'utf8').replace(marks, (_, start: string, end: string) => {
    return `${start}\n\n${functionTable()}\n\n${end}`;
  });
  writeFileSync(path, await format(text, { printWidth: 120, parser: 'markdown' }));
}
