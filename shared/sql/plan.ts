// Reads the plans that DuckDB prints for `EXPLAIN (FORMAT JSON)`.
import { cutMark, failure } from '../errors.ts';
import type { PlanNode, Relation } from '../platform.ts';
import { withoutMarks } from './mark.ts';
import { withoutExactCasts } from './misfit.ts';
import { quoteIdentifier } from './quote.ts';

/** The plan of a kind among those that EXPLAIN gave, as pairs of kind and JSON text. */
export function planOf(plans: readonly (readonly [string, string])[], kind: string): readonly PlanNode[] {
  return parsePlan(withoutMarks(planText(plans, kind)));
}

/** What `EXPLAIN (ANALYZE, FORMAT JSON)` gave: the plan of the query, without the node of the EXPLAIN itself. */
export function analysisOf(plans: readonly (readonly [string, string])[]): readonly PlanNode[] {
  const text = plans.find(([key]) => key === 'analyzed_plan')?.[1];
  if (text === undefined) throw failure('internal', 'DuckDB printed no analyzed_plan.');
  const { children } = JSON.parse(text) as { children?: readonly MeasuredNode[] };
  return (children?.[0]?.children ?? []).map(measuredNodeOf);
}

interface MeasuredNode {
  readonly operator_name?: unknown;
  /** Rows. */
  readonly operator_cardinality?: unknown;
  /** Seconds. */
  readonly operator_timing?: unknown;
  readonly extra_info?: unknown;
  readonly children?: readonly MeasuredNode[];
}

function measuredNodeOf(node: MeasuredNode): PlanNode {
  return {
    name: String(node.operator_name).trim(),
    details: detailsOf(node.extra_info),
    measured: { rows: Number(node.operator_cardinality), milliseconds: Number(node.operator_timing) * 1000 },
    children: (node.children ?? []).map(measuredNodeOf),
  };
}

/** The JSON text of that plan. */
export function planText(plans: readonly (readonly [string, string])[], kind: string): string {
  const plan = plans.find(([key]) => key === kind);
  if (!plan) throw failure('internal', `DuckDB printed no ${kind}.`);
  return plan[1];
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

/** The nodes of a plan in JSON. */
export function parsePlan(text: string): readonly PlanNode[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw failure('internal', 'DuckDB printed a plan of an unknown shape.');
  return parsed.map(nodeOf);
}

function nodeOf(value: unknown): PlanNode {
  const node = value as { name?: unknown; children?: unknown; extra_info?: unknown };
  return {
    name: String(node.name).trim(),
    details: detailsOf(node.extra_info),
    children: Array.isArray(node.children) ? node.children.map(nodeOf) : [],
  };
}

function detailsOf(info: unknown): PlanNode['details'] {
  const details = Object.entries((info ?? {}) as Record<string, unknown>).map(
    ([name, detail]) => [name, Array.isArray(detail) ? detail.map(String) : String(detail)] as const,
  );
  return Object.fromEntries(details);
}

/** A file that a plan may name. */
export interface PlannedFile {
  readonly engineName: string;
  readonly location: string;
}

/**
 * The plan for people: without the casts by which sources are read exactly, and the columns that these need. Files have
 * the locations of the document: the names by which DuckDB reads them tell private folders.
 */
export function readablePlan(plan: readonly PlanNode[], files: readonly PlannedFile[]): readonly PlanNode[] {
  const locations = new Map(files.map(({ engineName, location }) => [engineName, location]));
  const readable = (nodes: readonly PlanNode[]): readonly PlanNode[] =>
    nodes.map((node) => ({
      ...node,
      details: readableDetails(node.details, locations),
      children: readable(node.children),
    }));
  return readable(plan);
}

/** What DuckDB calls the files that a scan has read, in an analyzed plan. */
const fileNames = 'Filename(s)';

function readableDetails(details: PlanNode['details'], locations: ReadonlyMap<string, string>): PlanNode['details'] {
  const readable = (detail: string | readonly string[]): string | readonly string[] =>
    typeof detail === 'string' ? withoutExactCasts(detail) : detail.map(withoutExactCasts).filter(isNoHelper);
  const entries = Object.entries(details).map(([name, detail]) => {
    return [name, name === fileNames ? locationsOf(detail, locations) : readable(detail)] as const;
  });
  return Object.fromEntries(entries.filter(([, detail]) => detail.length > 0));
}

/** DuckDB lists the first five files, parted by `, `, which may be part of a name as well. One that is not known is left out. */
function locationsOf(detail: string | readonly string[], locations: ReadonlyMap<string, string>): string {
  const found: string[] = [];
  let name = '';
  for (const part of typeof detail === 'string' ? detail.split(', ') : detail) {
    name = name === '' ? part : `${name}, ${part}`;
    const location = name === '...' ? cutMark : locations.get(name);
    if (location === undefined) continue;
    found.push(location);
    name = '';
  }
  return found.join(', ');
}

/** `exact item0` and `exact value0` hold a value before and after its cast. */
function isNoHelper(detail: string): boolean {
  return !/^"?exact (?:item|value)\d+"?$/.test(detail);
}
