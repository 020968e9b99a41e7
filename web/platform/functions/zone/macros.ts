// What stands in front of DuckDB's own functions.

/** DuckDB's own function reads no names of zones, and passes them over in silence. */
function strptime(name: string): string {
  return `${name}(text, format) AS system.main.${name}(text, sluice_strptime_format(format))`;
}

/** Each behind CREATE MACRO and the schema. */
export const zoneMacros: readonly string[] = [strptime('strptime'), strptime('try_strptime')];
