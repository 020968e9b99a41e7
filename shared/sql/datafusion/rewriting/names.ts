// Names: without quotes they are in lower case, and far fewer words are reserved than in DuckDB.
import type { Edits } from './edits.ts';
import type { Structure } from './structure.ts';

/** Words after which an operand comes, so that an operator there has only one side. */
export const beforeOperand: ReadonlySet<string> = new Set(
  `SELECT WHERE AND OR NOT ON BY HAVING WHEN THEN ELSE CASE BETWEEN IN LIMIT OFFSET AS IS FROM DISTINCT ALL LIKE VALUES
  RETURNING QUALIFY`.split(/\s+/),
);

/** Of these, a name does not come after all. */
const notBeforeName = ['IS', 'VALUES', 'FROM', 'LIMIT', 'OFFSET'];

/** Words that DuckDB reserves and that begin no operand in DataFusion. */
const columnWords = new Set(
  `ANALYSE ANALYZE ANTI ASC ASOF ASYMMETRIC AT AUTHORIZATION BINARY CHECK COLLATE COLLATION COLUMN CONCURRENTLY CONSTRAINT
  CREATE DEFAULT DEFERRABLE DESC DESCRIBE DO END FETCH FOR FOREIGN FREEZE FULL GRANT INITIALLY INNER INTO LAMBDA LEFT
  LIMIT NATURAL OFFSET ONLY OUTER PIVOT PIVOT_LONGER PIVOT_WIDER PLACING POSITIONAL PRIMARY QUALIFY REFERENCES RETURNING
  RIGHT SEMI SHOW SUMMARIZE SYMMETRIC TABLE TABLESAMPLE TO UNIQUE UNPIVOT USER VARIADIC VERBOSE WINDOW`.split(/\s+/),
);

/** These and the ones above DuckDB does not take for the name of a relation. */
const relationWords = new Set([
  ...columnWords,
  ...['UNION', 'INTERSECT', 'EXCEPT', 'JOIN', 'CROSS', 'ORDER', 'GROUP', 'ALL', 'ANY', 'SOME'],
]);

export function rewriteNames(structure: Structure, edits: Edits): void {
  const quoted = new Set<number>();
  for (const [index, token] of structure.tokens.entries()) {
    if (token.kind !== 'identifier') continue;
    // As long as before, letter by letter: only those of ASCII have another case here.
    const lower = token.text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    if (isReservedName(index, structure, quoted)) quoted.add(index);
    edits.replace(structure.start(index), structure.end(index), quoted.has(index) ? `"${lower}"` : lower);
  }
}

/** Whether a word that DuckDB reserves is a name here. `quoted` are the words before it that are. */
function isReservedName(index: number, structure: Structure, quoted: ReadonlySet<number>): boolean {
  if (structure.text(index + 1) === '(') return false;
  if (isRelation(index, structure, quoted)) return structure.isOneOf(index, relationWords);
  if (!structure.isOneOf(index, columnWords)) return false;
  const before = structure.tokens[index - 1];
  if (!before) return false;
  if (before.kind === 'operator') return /^[,([.+\-*/%<>=|&^!~]$/.test(before.text) && !isStar(index - 1, structure);
  return structure.isOneOf(index - 1, beforeOperand) && !structure.is(index - 1, ...notBeforeName);
}

/** Whether a word can only name a relation: where FROM or JOIN wants one, before a dot, and before the query of a CTE. */
function isRelation(index: number, structure: Structure, quoted: ReadonlySet<number>): boolean {
  if (structure.text(index + 1) === '.') return true;
  if (structure.is(index + 1, 'AS') && structure.text(index + 2) === '(') return true;
  if (structure.is(index - 1, 'FROM', 'JOIN')) return !quoted.has(index - 1);
  return structure.text(index - 1) === ',' && structure.clause(index) === 'FROM';
}

/** A star that stands for columns has no operand behind it. */
function isStar(index: number, structure: Structure): boolean {
  if (structure.text(index) !== '*') return false;
  const before = structure.text(index - 1) ?? '';
  return before === '.' || before === ',' || before === '(' || structure.is(index - 1, 'SELECT', 'DISTINCT');
}
