// One stage bound to the relations that it may read, so that DuckDB itself checks it, names its columns and tells what
// it reads; nothing is read or run. Relations whose columns are not known leave the stages that read them open.
import { SluiceError, type Path } from '../errors.ts';
import type { Pipeline, Stage } from '../pipeline/schema.ts';
import type { Binding, Column } from '../platform.ts';
import { distinctNames } from '../sql/names.ts';
import { identifierCount, requireQuery } from '../sql/statement.ts';
import { isWord, tokensOf } from '../sql/tokens.ts';
import { asTyped, settle, translate } from '../sql/translate.ts';
import { bindChecks } from './checks/bind.ts';
import type { BoundCheck } from './checks/check.ts';
import { renamedColumns, type RenamedColumn } from './renamed.ts';
import { isKnown, isOpenReading, type BindHost, type Visible } from './visible.ts';

/** A stage and where it stands in the document. */
export interface Member {
  readonly stage: Stage;
  /** Zero-based group and place within it; of a flat list the place in the list and 0. */
  readonly position: number;
  readonly subPosition: number;
}

export interface BoundMember extends Member {
  readonly name: string;
  /** The query in DuckDB's words. */
  readonly sql: string;
  /** Absent where they are not known before it runs, or not here. */
  readonly columns?: readonly Column[];
  /** The columns whose names the query gives to another one as well; empty where that is not known before it runs. */
  readonly renamed: readonly RenamedColumn[];
  readonly reads: ReadonlyMap<string, number>;
  readonly dynamic: boolean;
  readonly checks: readonly BoundCheck[];
}

export function queryPath({ position, subPosition }: Member): Path {
  return ['stages', position, subPosition, 'query'];
}

export function membersOf(stages: Pipeline['stages']): Member[][] {
  return stages.map((group, position) => group.map((stage, subPosition) => ({ stage, position, subPosition })));
}

/** Binds a stage. Throws what DuckDB says of its query; what is wrong with its checks goes to `host.fail`. */
export async function bindStage(member: Member, visible: readonly Visible[], host: BindHost): Promise<BoundMember> {
  const { stage } = member;
  requireQuery(stage.query);
  const translated = translate(stage.query, host.dialect ?? 'duckdb');
  const binding = await bindQuery(translated.sql, visible, host).catch((thrown: unknown) => {
    throw naming(asTyped(thrown, translated), visible);
  });
  const bound = binding?.dynamic ? undefined : binding?.columns;
  const inferred = bound && distinct(bound);
  const renamed = bound && inferred ? renamedColumns(bound, inferred) : [];
  const { sql, columns } = settle(translated.sql, host.made?.get(stage.name) ?? inferred, host.dialect ?? 'duckdb');
  const open = { ...member, name: stage.name, sql, renamed, dynamic: binding?.dynamic ?? false };
  const reads = binding ? withDescribed(stage.query, visible, binding) : mentionsIn(stage.query, visible);
  if (!columns) return { ...open, reads, checks: [] };
  const path = ['stages', member.position, member.subPosition, 'checks'];
  const checks = await bindChecks({ name: stage.name, columns, checks: stage.checks, path }, visible, host);
  for (const { reads: alsoRead } of checks) {
    for (const [name, count] of alsoRead) reads.set(name, (reads.get(name) ?? 0) + count);
  }
  return { ...open, columns, reads, checks };
}

/** Relations that a hint names at most. */
const mostNamed = 5;

/** An error about a table that does not exist, and whose name is like no other, with the tables that there are. */
function naming(thrown: unknown, visible: readonly Visible[]): unknown {
  if (!(thrown instanceof SluiceError) || thrown.code !== 'sql.binding' || thrown.issue.hint !== undefined)
    return thrown;
  if (!/^Table with name .* does not exist/s.test(thrown.message)) return thrown;
  const names = visible.slice(0, mostNamed).map(({ name }) => name);
  const more = visible.length > mostNamed ? ', …' : '';
  const hint =
    names.length === 0 ? 'There are no sources and no stages before it.' : `It can read ${names.join(', ')}${more}.`;
  return new SluiceError({ ...thrown.issue, hint }, { cause: thrown.cause });
}

/** What is left of a stage that could not be bound. */
export function unbound(member: Member, visible: readonly Visible[]): BoundMember {
  const { name, query } = member.stage;
  return { ...member, name, sql: query, renamed: [], reads: mentionsIn(query, visible), dynamic: false, checks: [] };
}

/** Undefined where the query reads a relation whose columns are not known. */
async function bindQuery(query: string, visible: readonly Visible[], host: BindHost): Promise<Binding | undefined> {
  try {
    return await host.engine.bind(query, visible.filter(isKnown), { signal: host.signal, dialect: host.dialect });
  } catch (thrown) {
    if (isOpenReading(thrown, visible)) return undefined;
    throw thrown;
  }
}

function withDescribed(query: string, visible: readonly Visible[], { scans }: Binding): Map<string, number> {
  const reads = new Map(scans);
  // DESCRIBE and SHOW scan nothing and still need what they name.
  if (!tokensOf(query).some((token) => isWord(token, 'DESCRIBE', 'DESC', 'SHOW'))) return reads;
  for (const { name } of visible) if (!reads.has(name) && identifierCount(query, name) > 0) reads.set(name, 1);
  return reads;
}

function mentionsIn(query: string, visible: readonly Visible[]): Map<string, number> {
  const counts = visible.map(({ name }) => [name, identifierCount(query, name)] as const);
  return new Map(counts.filter(([, count]) => count > 0));
}

/** Columns as a relation has them. */
function distinct(columns: readonly Column[]): Column[] {
  const names = distinctNames(columns.map(({ name }) => name));
  return columns.map(({ name, type }, index) => ({ name: names[index] ?? name, type }));
}
