// Binds all stages, in groups or in the order of their references, and decides which are views and which are tables.
import { SluiceError } from '../errors.ts';
import type { Pipeline, Stage } from '../pipeline/schema.ts';
import type { PlannedStage } from '../protocol/plan.ts';
import type { BoundCheck } from './checks/check.ts';
import { decide, lastUse, type BoundStage } from './lifetimes.ts';
import { bindFlat } from './order.ts';
import type { RenamedColumn } from './renamed.ts';
import { bindStage, membersOf, queryPath, unbound, type BoundMember, type Member } from './stage.ts';
import { missingTable, unnamedStruct, type BindHost, type Visible } from './visible.ts';
import { isVolatile } from './volatile.ts';

/** A stage that is ready to run. */
export interface Step extends PlannedStage {
  readonly stage: Stage;
  /** The query in DuckDB's words. */
  readonly sql: string;
  /** Its turn: zero-based, and beside the others of the same number. */
  readonly group: number;
  /** The group after which its rows may be freed. */
  readonly lastUse: number;
  readonly written: boolean;
  readonly checks: readonly BoundCheck[];
  /** Its columns that share a name with another one in the query, as far as they are known. */
  readonly renamed: readonly RenamedColumn[];
}

/** What of a pipeline matters to binding. */
export type Staged = Pick<Pipeline, 'stages' | 'flat' | 'destination'>;

/** Binds all stages; those of a group do not see each other. The last stage of the last group is written. */
export async function bindStages(pipeline: Staged, sources: readonly Visible[], host: BindHost): Promise<Step[]> {
  const groups = membersOf(pipeline.stages);
  const bound = pipeline.flat
    ? (await bindFlat(groups.flat(), sources, host)).map((member) => [member])
    : await bindGroups(groups, sources, host);
  return planSteps(bound, pipeline, host);
}

/** Binds once more what was left open, now that the columns of some stages are known, in the same order. */
export async function bindAgain(
  steps: readonly Step[],
  pipeline: Staged,
  sources: readonly Visible[],
  host: BindHost,
): Promise<Step[]> {
  const groups: Step[][] = [];
  for (const step of steps) (groups[step.group] ??= []).push(step);
  return planSteps(await bindGroups(groups, sources, host), pipeline, host);
}

async function bindGroups(
  groups: readonly (readonly Member[])[],
  sources: readonly Visible[],
  host: BindHost,
): Promise<BoundMember[][]> {
  const visible = [...sources];
  const bound: BoundMember[][] = [];
  for (const [index, group] of groups.entries()) {
    const members: BoundMember[] = [];
    for (const member of group) {
      try {
        members.push(await bindStage(member, visible, host));
      } catch (thrown) {
        host.fail(explainOrder(thrown, member, groups, index), queryPath(member));
        members.push(unbound(member, visible));
      }
    }
    visible.push(...members);
    bound.push(members);
  }
  return bound;
}

/** Adds a hint where a query names a stage that exists only beside or after it. */
function explainOrder(
  thrown: unknown,
  { stage }: Member,
  groups: readonly (readonly Member[])[],
  index: number,
): unknown {
  const stagesOf = (group: readonly Member[] = []): Stage[] => group.map((member) => member.stage);
  const beside = missingTable(thrown, stagesOf(groups[index]));
  const named = beside ?? missingTable(thrown, stagesOf(groups.slice(index + 1).flat()));
  if (!named || !(thrown instanceof SluiceError)) return thrown;
  const where = named === stage ? 'is this stage itself' : beside ? 'is in the same group' : 'comes later';
  const hint = `${named.name} ${where}; a stage reads sources and stages of earlier groups.`;
  return new SluiceError({ ...thrown.issue, hint }, { cause: thrown.cause });
}

interface BoundStep extends BoundMember, BoundStage {}

function isParted(destination: Pipeline['destination']): boolean {
  return destination?.type === 'file' && destination.partition_columns.length > 0;
}

function planSteps(groups: readonly (readonly BoundMember[])[], { destination }: Staged, host: BindHost): Step[] {
  const last = groups.at(-1)?.at(-1);
  const bound = groups.flatMap((members, group) =>
    members.map((member): BoundStep => {
      const { stage } = member;
      const written = destination !== null && member === last;
      return {
        ...{ ...member, group, written, parted: written && isParted(destination) },
        shown: stage.show !== null,
        volatile: isVolatile(stage.query),
        checked: stage.checks.length > 0,
      };
    }),
  );
  const decisions = decide(bound);
  const uses = lastUse(bound, decisions);
  return bound.map((member): Step => {
    const { stage, name, sql, group, position, subPosition, columns, written, checks, renamed } = member;
    const decision = decisions.get(name) ?? { execution: 'view' };
    const isUsed = decision.execution === 'table' || bound.some(({ reads }) => reads.has(name));
    const unfit = columns && isUsed ? unnamedStruct(name, columns) : undefined;
    if (unfit) host.fail(unfit, queryPath(member));
    return {
      ...{ stage, name, sql, group, position, subPosition, written, checks, ...decision },
      ...(columns ? { columns } : {}),
      renamed,
      reads: [...member.reads.keys()],
      lastUse: uses.get(name) ?? group,
    };
  });
}
