// Binds stages to the columns of their sources, so that DuckDB itself checks them, names their columns and tells what
// they read; nothing is read or run. Then the plan decides which stages are views and which are tables.
import { SluiceError } from '../errors.ts';
import type { Stage } from '../pipeline/schema.ts';
import type { Column, Engine, Relation, Work } from '../platform.ts';
import type { PlannedStage } from '../protocol/events.ts';
import { identifierCount, requireQuery } from '../sql/statement.ts';
import { isWord, tokensOf } from '../sql/tokens.ts';
import { decide, lastUse, type BoundStage } from './lifetimes.ts';
import { isVolatile } from './volatile.ts';

/** A stage that is ready to run. */
export interface Step extends PlannedStage {
  readonly stage: Stage;
  /** The group after which its rows may be freed. */
  readonly lastUse: number;
  readonly written: boolean;
}

/** Tells where an error belongs: the stage by its group and place. */
export type PlaceStageError = (error: unknown, position: number, subPosition: number) => SluiceError;

/** Binds all groups in order; members of a group do not see each other. The last stage of the last group is written. */
export async function bindStages(
  groups: readonly (readonly Stage[])[],
  sources: readonly Relation[],
  writes: boolean,
  engine: Engine,
  work: Work,
  placeError: PlaceStageError,
): Promise<Step[]> {
  const visible = [...sources];
  const bound: BoundStep[] = [];
  for (const [position, group] of groups.entries()) {
    for (const [subPosition, stage] of group.entries()) {
      const isLast = position === groups.length - 1 && subPosition === group.length - 1;
      try {
        const binding = await bindOne(stage, visible, engine, work);
        bound.push({
          ...{ stage, position, subPosition, ...binding },
          name: stage.name,
          shown: stage.show !== null,
          written: writes && isLast,
          volatile: isVolatile(stage.query),
        });
      } catch (thrown) {
        throw placeError(explainOrder(thrown, stage, groups, position), position, subPosition);
      }
    }
    visible.push(...bound.filter((one) => one.position === position));
  }
  return planSteps(bound);
}

interface BoundStep extends BoundStage {
  readonly stage: Stage;
  readonly subPosition: number;
  readonly columns: readonly Column[];
}

async function bindOne({ query }: Stage, visible: readonly Relation[], engine: Engine, work: Work) {
  requireQuery(query);
  const { columns, scans } = await engine.bind(query, visible, { signal: work.signal });
  const reads = new Map(scans);
  // DESCRIBE and SHOW scan nothing and still need what they name.
  if (tokensOf(query).some((token) => isWord(token, 'DESCRIBE', 'DESC', 'SHOW'))) {
    for (const { name } of visible) if (!reads.has(name) && identifierCount(query, name) > 0) reads.set(name, 1);
  }
  return { columns: distinct(columns), reads };
}

/** Columns as a relation has them: DuckDB adds a number to a name that is there already. */
function distinct(columns: readonly Column[]): Column[] {
  const taken = new Set<string>();
  return columns.map(({ name, type }) => {
    let free = name;
    for (let number = 1; taken.has(free.toLowerCase()); number++) free = `${name}_${number}`;
    taken.add(free.toLowerCase());
    return { name: free, type };
  });
}

/** Adds a hint where a query names a stage that exists only beside or after it. */
function explainOrder(thrown: unknown, stage: Stage, groups: readonly (readonly Stage[])[], position: number): unknown {
  if (!(thrown instanceof SluiceError) || thrown.code !== 'sql.binding') return thrown;
  const names = (group: readonly Stage[]): string | undefined =>
    group.find((other) => mentions(thrown.message, other.name))?.name;
  const own = names(groups[position] ?? []);
  const later = own ?? names(groups.slice(position + 1).flat());
  if (later === undefined) return thrown;
  const where =
    later === stage.name ? 'is this stage itself' : own === undefined ? 'comes later' : 'is in the same group';
  const hint = `${later} ${where}; a stage reads sources and stages of earlier groups.`;
  return new SluiceError({ ...thrown.issue, hint }, { cause: thrown.cause });
}

/** Whether DuckDB says that it has no table of this name. */
function mentions(message: string, name: string): boolean {
  return message.toLowerCase().includes(`table with name ${name.toLowerCase()} does not exist`);
}

function planSteps(bound: readonly BoundStep[]): Step[] {
  const decisions = decide(bound);
  const uses = lastUse(bound, decisions);
  return bound.map(({ stage, name, position, subPosition, columns, reads, written }) => ({
    ...{ stage, name, position, subPosition, columns, written },
    reads: [...reads.keys()],
    lastUse: uses.get(name) ?? position,
    ...(decisions.get(name) ?? { execution: 'view' }),
  }));
}
