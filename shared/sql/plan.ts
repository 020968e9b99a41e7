// Reads the plans that DuckDB prints for `EXPLAIN (FORMAT JSON)`.
import { failure } from '../errors.ts';
import type { PlanNode, Relation } from '../platform.ts';
import { quoteIdentifier } from './quote.ts';

/** The plan of a kind among those that EXPLAIN gave, as pairs of kind and JSON text. */
export function planOf(plans: readonly (readonly [string, string])[], kind: string): readonly PlanNode[] {
  const plan = plans.find(([key]) => key === kind);
  if (!plan) throw failure('internal', `DuckDB printed no ${kind}.`);
  return parsePlan(plan[1]);
}

/** How often a plan scans each relation. A table is named there as `memory.planned.name`, quoted where need be. */
export function scansOf(plan: readonly PlanNode[], relations: readonly Relation[]): Map<string, number> {
  const scans = new Map<string, number>();
  const visit = (node: PlanNode): void => {
    const table = node.details['Table'];
    const found = relations.find(
      ({ name }) => table === `memory.planned.${name}` || table === `memory.planned.${quoteIdentifier(name)}`,
    );
    if (found) scans.set(found.name, (scans.get(found.name) ?? 0) + 1);
    node.children.forEach(visit);
  };
  plan.forEach(visit);
  return scans;
}

function parsePlan(text: string): readonly PlanNode[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw failure('internal', 'DuckDB printed a plan of an unknown shape.');
  return parsed.map(nodeOf);
}

function nodeOf(value: unknown): PlanNode {
  const node = value as { name?: unknown; children?: unknown; extra_info?: unknown };
  const details = Object.entries((node.extra_info ?? {}) as Record<string, unknown>).map(
    ([name, detail]) => [name, Array.isArray(detail) ? detail.map(String) : String(detail)] as const,
  );
  return {
    name: String(node.name).trim(),
    details: Object.fromEntries(details),
    children: Array.isArray(node.children) ? node.children.map(nodeOf) : [],
  };
}
