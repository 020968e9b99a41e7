// The relations whose columns a plan tells.
import type { Plan } from '../../../shared/protocol/plan.ts';
import type { KnownRelation } from './knowledge.ts';

export function relationsOf({ sources, stages }: Plan): readonly KnownRelation[] {
  return [...sources, ...stages].flatMap(({ name, columns }) => (columns ? [{ name, columns }] : []));
}
