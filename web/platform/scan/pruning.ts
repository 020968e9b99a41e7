// What a statement wants of the scans that it reads, taken from DuckDB's optimized plan: the C API hands no filters to a
// table function, but the plan has them, as far down as the optimizer could bring them.
import type { PlanNode, Pruning } from '../../../shared/platform.ts';
import { columnMark } from '../../../shared/sql/mark.ts';
import { parsePlan, planText } from '../../../shared/sql/plan.ts';
import { conditionsOf } from './conditions.ts';
import type { Pulls } from './pulls.ts';

/** Statements that may read rows; the others are not worth a second look. */
const reading = /^[\s(]*(SELECT|WITH|FROM|VALUES|TABLE|PIVOT|UNPIVOT|SUMMARIZE|INSERT|COPY|CREATE)\b/i;
const analyze = /^\s*EXPLAIN\s+ANALYZE\b/i;

/** The statement that tells what this one wants, or undefined where there is nothing to tell. */
export function planStatement(statement: string): string | undefined {
  const inner = statement.replace(analyze, '');
  return reading.test(inner) ? `EXPLAIN (FORMAT JSON)\n${inner}` : undefined;
}

/** What the plan wants of each scan, by its function's name; with several scans of one, what any of them wants. */
export function pruningOf(plans: readonly (readonly [string, string])[], pulls: Pulls): Map<string, Pruning> {
  const wanted = new Map<string, Pruning>();
  const visit = (node: PlanNode, parent: PlanNode | undefined): void => {
    const name = node.name.toLowerCase();
    const columns = pulls.columnsOf(name);
    if (columns) {
      const lines = parent?.name === 'FILTER' ? linesOf(parent) : [];
      wanted.set(name, [...(wanted.get(name) ?? []), ...conditionsOf(lines, columns, columnMark)]);
    }
    for (const child of node.children) visit(child, node);
  };
  for (const node of parsePlan(planText(plans, 'logical_opt'))) visit(node, undefined);
  return wanted;
}

/** One condition a line; all of them hold. */
function linesOf({ details }: PlanNode): readonly string[] {
  const expressions = details['Expressions'] ?? [];
  return typeof expressions === 'string' ? [expressions] : expressions;
}
