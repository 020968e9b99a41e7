// Every value type crosses from DuckDB to the codec exactly, on both engines.
import { goldenValues } from '../../../shared/values/golden.ts';
import { rowsOf } from '../../../shared/values/codec.ts';
import type { ContractCase } from '../case.ts';

export const valueCases: readonly ContractCase[] = goldenValues.map(({ sql, type, value }) => ({
  name: `value ${sql}`,
  run: async ({ platform: { engine } }) => {
    const { columns, batches } = await engine.query(`SELECT ${sql} AS v`);
    const rows = [];
    for await (const batch of batches) rows.push(...rowsOf(batch, columns));
    return { type: columns[0]?.type, rows };
  },
  expected: { type, rows: [[value]] },
}));
