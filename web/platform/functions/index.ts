// The functions that DuckDB-WASM lacks because no extension is linked into it: those of json and icu, in JavaScript.
import { tableFromIPC } from 'apache-arrow';
import type { FunctionHost } from '../capi/scalar.ts';
import { Extension } from './extension/extension.ts';
import { createCasts, createFunctions } from './json/create.ts';
import { readFunctions } from './json/read.ts';
import { transformCasts, transformFunctions } from './json/transforming.ts';
import { wholeFunctions } from './json/whole.ts';
import { macros } from './macros.ts';
import { zoneCasts } from './zone/casts.ts';
import { zoneFunctions } from './zone/functions.ts';

/** An open database, which has the schema `compat`. */
export interface FunctionTarget extends FunctionHost {
  /** Runs statements and answers the last one's rows as an Arrow stream. */
  run(statements: string): Uint8Array;
}

/** A function of each sort, with the answers that prove that it fits. */
const selfTest = {
  query: `SELECT json_extract_string('{"a": {"b": "text"}}', '$.a.b') AS one, typeof(from_json('[1]', '["DATE"]')) AS two,
    CAST(date_trunc('day', TIMESTAMPTZ '2024-01-31 10:00:00+00') AS VARCHAR) AS three, compat.json('[ 1 ]') AS four,
    CAST(CAST(CAST('{"a": [2.5]}' AS JSON) AS STRUCT(a DOUBLE[])) AS VARCHAR) AS five`,
  answers: ['text', 'DATE[]', '2024-01-31 00:00:00+00', '[1]', "{'a': [2.5]}"],
};

/**
 * Adds the functions, and tells whether they are there. Where they are not, the entry points that they stand on are not
 * those of the DuckDB that they were made for, and the database must not be used any more.
 */
export function addFunctions(target: FunctionTarget): boolean {
  const { library } = target;
  if (!library) return false;
  try {
    target.withConnection((connection) => {
      const extension = new Extension(library, connection);
      extension.addType('JSON');
      extension.addSetting('TimeZone', 'UTC', 'The time zone of the session, which is UTC in every run.');
      extension.addSetting('Calendar', 'gregorian', 'The calendar of the session, which is the only one here.');
      for (const set of functionSets) extension.addFunctions(set);
      for (const cast of [...transformCasts, ...createCasts, ...zoneCasts]) extension.addCast(cast);
      extension.close();
    });
    target.run(macros.map((macro) => `CREATE MACRO compat.${macro}`).join(';\n'));
    const [row] = tableFromIPC(target.run(selfTest.query)).toArray() as Record<string, unknown>[];
    return Object.values({ ...row }).join('\n') === selfTest.answers.join('\n');
  } catch {
    return false; // an entry point that is not there, or a trap
  }
}

const functionSets = [...readFunctions, ...wholeFunctions, ...createFunctions, ...transformFunctions, ...zoneFunctions];

/** All that can be called by name. */
export const functionNames: readonly string[] = [
  ...functionSets.flatMap(({ names }) => names),
  ...macros.map((macro) => macro.slice(0, macro.indexOf('('))),
];
