import { describe, expect, it } from 'vitest';
import { pipelineJsonSchema } from '../../../../shared/pipeline/json-schema.ts';
import { sqlFunctions } from '../sql/functions.ts';
import { explain, type Explanation } from './explanation.ts';

const relations = [{ name: 'orders', columns: [{ name: 'id', type: 'BIGINT' }] }];
const schema = pipelineJsonSchema();

/** The explanation of what is under the `¦`. */
function at(marked: string): Promise<Explanation | undefined> {
  const [text, position] = [marked.replace('¦', ''), marked.indexOf('¦')];
  const request = { text, position, syntax: 'yaml', relations, schema: () => Promise.resolve(schema) } as const;
  return explain({ ...request, functions: sqlFunctions });
}

const query = (sql: string): Promise<Explanation | undefined> => at(`stages:\n  - - name: s\n      query: ${sql}\n`);

describe('explanations', () => {
  it('of a field: its type, default and meaning', async () => {
    const found = await at('sources:\n  - type: file\n    format: {type: csv, options: {deli¦miter: ";"}}\n');
    expect(found).toMatchObject({ title: 'delimiter', type: 'text', facts: [['Default', '","']] });
    expect(found?.description).toMatch(/between two values/);
    expect(await at('sour¦ces: []\n')).toMatchObject({ title: 'sources', type: 'list, required' });
  });

  it('of a type', async () => {
    expect(await at('sources:\n  - type: direct¦ory\n')).toMatchObject({ title: 'directory' });
    expect((await at('sources:\n  - type: direct¦ory\n'))?.description).toMatch(/folder|director|files/i);
  });

  it('of a relation: its columns', async () => {
    const columns = [{ name: 'id', type: 'BIGINT' }];
    expect(await query('SELECT * FROM ord¦ers')).toMatchObject({ title: 'orders', columns });
    expect(await query('SELECT o¦.id FROM orders AS o')).toMatchObject({ title: 'orders', columns });
  });

  it('of a column, a function and a word of DuckDB', async () => {
    expect(await query('SELECT i¦d FROM orders')).toMatchObject({ title: 'id', type: 'BIGINT' });
    expect(await query('SELECT o.i¦d FROM orders AS o')).toMatchObject({
      title: 'id',
      description: 'Column of orders',
    });
    expect(await query('SELECT date_tr¦unc(1, 2)')).toMatchObject({ title: 'date_trunc(part, timestamp)' });
    expect(await query('FROM orders QUAL¦IFY true')).toMatchObject({ title: 'QUALIFY' });
  });

  it.each([
    'stages:\n  - - name: so¦me\n',
    '# sour¦ces\n',
    'unknown¦_field: 1\n',
    "stages:\n  - - query: SELECT 'i¦d' FROM orders\n",
  ])('none of what is not known: %o', async (text) => {
    expect(await at(text)).toBeUndefined();
  });
});
