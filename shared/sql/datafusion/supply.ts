// Which macros a statement may need. Making all of them takes DuckDB a tenth of a second, so an engine makes those that
// are named somewhere, and those that these stand on.
import { macroDefinitions, macroStatement } from './macros.ts';

const names = Object.keys(macroDefinitions);
const operators = names.filter((name) => !isWord(name));
const needs = new Map<string, readonly string[]>();

/** The statements for the macros that a text may call and that are not in `present`, to which their names are added. */
export function supplyMacros(sql: string, present: Set<string>): string[] {
  const statements: string[] = [];
  const add = (name: string): void => {
    if (present.has(name)) return;
    present.add(name);
    for (const needed of needsOf(name)) add(needed);
    statements.push(macroStatement(name));
  };
  for (const name of namedIn(sql)) add(name);
  return statements;
}

function needsOf(name: string): readonly string[] {
  let found = needs.get(name);
  if (!found) {
    const definition = macroDefinitions[name] ?? '';
    // What is called by its full name is DuckDB's own, and what stands in quotes is no name.
    const own = definition.replaceAll(/system\.main\.("[^"]*"|\w+)|'[^']*'/g, '');
    found = namedIn(own).filter((other) => other !== name);
    needs.set(name, found);
  }
  return found;
}

/** The macros whose names stand anywhere in a text. */
function namedIn(text: string): string[] {
  const words = new Set((text.match(/[a-z_]\w*/gi) ?? []).map((word) => word.toLowerCase()));
  const called = [...words].filter((word) => Object.hasOwn(macroDefinitions, word));
  return [...called, ...operators.filter((name) => text.includes(name)), ...matchOperators(text)];
}

/** DuckDB's name for `~`, `!~` and SIMILAR TO. */
function matchOperators(text: string): string[] {
  return /~|similar/i.test(text) ? ['regexp_full_match'] : [];
}

function isWord(name: string): boolean {
  return /^\w+$/.test(name);
}
