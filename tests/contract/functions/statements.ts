// All statements by which the browser's functions are held to those of native DuckDB, once each.
import { relayOnlyFunctions } from '../../../shared/sql/functions.generated.ts';
import { battery } from './battery.ts';
import { differences } from './differences.ts';
import { jsonStatements } from './json.ts';
import { jsonValueStatements } from './json-values.ts';
import { odd } from './odd.ts';
import { zoneStatements } from './zone.ts';

/** What both must answer alike. */
export const statements: readonly string[] = [
  ...new Set([
    ...battery,
    ...jsonStatements,
    ...jsonValueStatements,
    ...zoneStatements,
    ...odd,
    ...differences.map(({ statement }) => statement),
  ]),
];

/** Calls of each function that only a relay has: in the browser an error that names it. */
export const lackingCalls: readonly (readonly [name: string, statement: string])[] = [...relayOnlyFunctions].flatMap(
  (name) => [
    [name, `SELECT ${name}('text')`] as const,
    [name, `SELECT ${name}(x, x) FROM (VALUES ('a'), (NULL)) t(x)`] as const,
    [name, `SELECT * FROM ${name}('in/file', 'x')`] as const,
  ],
);
