// The functions that DuckDB-WASM lacks because no extension is linked into it: those of json and icu, in JavaScript.
import { tableFromIPC } from 'apache-arrow';
import type { FunctionHost } from '../capi/host.ts';
import type { Cast } from './extension/casts.ts';
import { Extension } from './extension/extension.ts';
import type { FunctionSet } from './extension/functions.ts';
import { createCasts, createFunctions } from './json/create.ts';
import { jsonMacros } from './json/macros.ts';
import { readFunctions } from './json/read.ts';
import { transformCasts, transformFunctions } from './json/transforming.ts';
import { wholeFunctions } from './json/whole.ts';
import { extensionNames, type ExtensionName } from './own-extensions.ts';
import { zoneCasts } from './zone/casts.ts';
import { zoneFunctions } from './zone/functions.ts';
import { zoneMacros } from './zone/macros.ts';

/** An open database, which has the schema `compat`. */
export interface FunctionTarget extends FunctionHost {
  /** Runs statements and answers the last one's rows as Arrow. */
  run(statements: string): Uint8Array;
}

/** What stands in for one of DuckDB's extensions. */
interface StandIn {
  readonly types: readonly string[];
  /** Settings that have one value here. */
  readonly settings: readonly (readonly [name: string, value: string, description: string])[];
  readonly functions: readonly FunctionSet[];
  readonly casts: readonly Cast[];
  /** Each behind CREATE MACRO and the schema. */
  readonly macros: readonly string[];
  /** One of each sort, and the answer that proves that they fit. */
  readonly proof: readonly [expression: string, answer: string];
}

const standIns: Readonly<Record<ExtensionName, StandIn>> = {
  json: {
    types: ['JSON'],
    settings: [],
    functions: [...readFunctions, ...wholeFunctions, ...createFunctions, ...transformFunctions],
    casts: [...transformCasts, ...createCasts],
    macros: jsonMacros,
    proof: [
      `json_extract_string('{"a": {"b": "text"}}', '$.a.b') || typeof(from_json('[1]', '["DATE"]'))
        || compat.json('[ 1 ]') || CAST(CAST(CAST('{"a": [2.5]}' AS JSON) AS STRUCT(a DOUBLE[])) AS VARCHAR)`,
      "textDATE[][1]{'a': [2.5]}",
    ],
  },
  icu: {
    types: [],
    settings: [
      ['TimeZone', 'UTC', 'The time zone of the session, which is UTC in every run.'],
      ['Calendar', 'gregorian', 'The calendar of the session, which is the only one here.'],
    ],
    functions: zoneFunctions,
    casts: zoneCasts,
    macros: zoneMacros,
    proof: [
      `CAST(date_trunc('day', TIMESTAMPTZ '2024-01-31 10:00:00+00') AS VARCHAR)
        || CAST(date_part(['year'], CAST('2024-01-31 10:00:00 Asia/Tokyo' AS TIMESTAMPTZ)) AS VARCHAR)`,
      "2024-01-31 00:00:00+00{'year': 2024}",
    ],
  },
};

/**
 * Adds the functions of the extensions that are not loaded, and tells whether they are there. Where they are not, the entry
 * points that they stand on are not those of the DuckDB that they were made for, and the database must not be used any
 * more.
 */
export function addFunctions(target: FunctionTarget, loaded: readonly ExtensionName[] = []): boolean {
  const { library } = target;
  if (!library) return false;
  const added = extensionNames.filter((name) => !loaded.includes(name)).map((name) => standIns[name]);
  if (added.length === 0) return true;
  try {
    target.withConnection((connection) => {
      const extension = new Extension(library, connection);
      for (const { types, settings, functions, casts } of added) {
        for (const type of types) extension.addType(type);
        for (const setting of settings) extension.addSetting(...setting);
        for (const set of functions) extension.addFunctions(set);
        for (const cast of casts) extension.addCast(cast);
      }
      extension.close();
    });
    target.run(added.flatMap(({ macros }) => macros.map((macro) => `CREATE MACRO compat.${macro}`)).join(';\n'));
    const proof = target.run(`SELECT ${added.map(({ proof: [expression] }) => expression).join(' || ')} AS answer`);
    return tableFromIPC(proof).getChild('answer')?.get(0) === added.map(({ proof: [, answer] }) => answer).join('');
  } catch {
    return false; // an entry point that is not there, or a trap
  }
}

/** All that can be called by name. */
export const functionNames: readonly string[] = extensionNames.flatMap((name) => [
  ...standIns[name].functions.flatMap(({ names }) => names),
  ...standIns[name].macros.map((macro) => macro.slice(0, macro.indexOf('('))),
]);
