// The dialect's macros: functions that DataFusion 49 has and DuckDB lacks or defines otherwise.
import { quoteIdentifier } from '../quote.ts';
import { castMacros } from './macros/casts.ts';
import { dateMacros } from './macros/dates.ts';
import { jsonMacros } from './macros/json.ts';
import { listMacros } from './macros/lists.ts';
import type { Macros } from './macros/macro.ts';
import { numberMacros } from './macros/numbers.ts';
import { regexMacros } from './macros/regex.ts';
import { textMacros } from './macros/text.ts';
import { typeMacros } from './macros/types.ts';

/** Every macro by its name, which may be that of an operator. */
export const macroDefinitions: Macros = {
  ...castMacros,
  ...numberMacros,
  ...textMacros,
  ...regexMacros,
  ...dateMacros,
  ...listMacros,
  ...jsonMacros,
  ...typeMacros,
};

/** The statement that makes a macro, in a schema `datafusion` that exists and has the macros that it stands on. */
export function macroStatement(name: string): string {
  return `CREATE OR REPLACE MACRO datafusion.${quoteIdentifier(name)} ${macroDefinitions[name] ?? ''}`;
}

/** The statements for all macros. */
export const macros: readonly string[] = Object.keys(macroDefinitions).map(macroStatement);
