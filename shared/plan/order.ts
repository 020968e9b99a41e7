// A flat list of stages in the order of its references: each stage after those that it reads, else as the list has them.
// DuckDB's binder tells the references: it names the table that it misses, and that stage comes first.
import { failure, SluiceError } from '../errors.ts';
import { identifierCount } from '../sql/statement.ts';
import { bindStage, queryPath, unbound, type BoundMember, type Member } from './stage.ts';
import { missingTable, type BindHost, type Visible } from './visible.ts';

/** Binds the stages of a flat list, in the order in which they are to run. */
export async function bindFlat(
  members: readonly Member[],
  sources: readonly Visible[],
  host: BindHost,
): Promise<BoundMember[]> {
  const bound: BoundMember[] = [];
  const done = new Set<Member>();

  const visit = async (member: Member, readers: readonly Member[]): Promise<void> => {
    const trail = [...readers, member];
    const isOpen = (other: Member): boolean => !done.has(other) && !trail.includes(other);
    try {
      for (;;) {
        const visible = [...sources, ...bound];
        try {
          const stage = await bindStage(member, visible, host);
          // Of a stage that cannot be bound yet, the text tells what else it may read.
          const also = stage.columns || stage.dynamic ? [] : mentioned(member, members).filter(isOpen);
          if (also.length === 0) {
            bound.push(stage);
            break;
          }
          for (const other of also) if (isOpen(other)) await visit(other, trail);
        } catch (thrown) {
          const named = missingTable(thrown, members.filter((other) => !done.has(other)).map(asNamed));
          if (!named) throw thrown;
          if (trail.includes(named.member)) throw cycle(trail, named.member, thrown);
          await visit(named.member, trail);
        }
      }
    } catch (thrown) {
      host.fail(thrown, queryPath(member));
      bound.push(unbound(member, [...sources, ...bound]));
    }
    done.add(member);
  };

  for (const member of members) if (!done.has(member)) await visit(member, []);
  return bound;
}

function mentioned({ stage }: Member, members: readonly Member[]): Member[] {
  return members.filter((other) => identifierCount(stage.query, other.stage.name) > 0);
}

function asNamed(member: Member): { readonly name: string; readonly member: Member } {
  return { name: member.stage.name, member };
}

/** At the reference that closes the circle. */
function cycle(trail: readonly Member[], again: Member, thrown: unknown): SluiceError {
  const circle = [...trail.slice(trail.indexOf(again)), again].map(({ stage }) => stage.name);
  const message =
    circle.length === 2
      ? `The stage ${circle.join(' reads ')}: it would need its own rows before it has them.`
      : `Stages read one another in a circle: ${circle.join(' reads ')}.`;
  const query = thrown instanceof SluiceError ? thrown.issue.query : undefined;
  const hint = 'Take one of these references out.';
  return failure('stage.cycle', message, { hint, ...(query ? { query } : {}) });
}
