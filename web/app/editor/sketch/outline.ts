// The relations and parameters that a half-typed document names.
import type { Path } from '../../../../shared/errors.ts';
import { fieldOf, textOf, type Sketch, type SketchNode } from './tree.ts';

export interface OutlinedStage {
  readonly name: string;
  /** Zero-based group; undefined in a flat list, where references decide. */
  readonly group: number | undefined;
  readonly path: Path;
}

export interface Outline {
  readonly sources: readonly string[];
  readonly stages: readonly OutlinedStage[];
}

export function outlineOf({ text, root }: Sketch): Outline {
  const nameOf = (node: SketchNode | undefined): string | undefined => {
    const name = fieldOf(text, node, 'name');
    const found = name?.kind === 'text' ? textOf(text, name) : '';
    return found === '' ? undefined : found;
  };
  const itemsOf = (node: SketchNode | undefined): readonly (SketchNode | undefined)[] =>
    node?.kind === 'list' ? node.items : [];
  const sources = itemsOf(fieldOf(text, root, 'sources')).flatMap((source) => nameOf(source) ?? []);
  const stages = itemsOf(fieldOf(text, root, 'stages')).flatMap((group, index): OutlinedStage[] => {
    const members: readonly [SketchNode | undefined, number | undefined, Path][] =
      group?.kind === 'list'
        ? group.items.map((stage, at) => [stage, index, ['stages', index, at]])
        : [[group, undefined, ['stages', index]]];
    return members.flatMap(([stage, position, path]) => {
      const name = nameOf(stage);
      return name === undefined ? [] : [{ name, group: position, path }];
    });
  });
  return { sources, stages };
}

/** The names of the relations that the query under a path can read: sources, and stages of groups before its own. */
export function visibleAt(sketch: Sketch, path: Path): readonly string[] {
  const { sources, stages } = outlineOf(sketch);
  const [list, group, place] = path;
  const inGroups = list === 'stages' && typeof place === 'number';
  const seen = stages.filter((stage) => {
    if (inGroups) return stage.group !== undefined && stage.group < Number(group);
    return list === 'stages' && stage.path[1] !== group;
  });
  return [...new Set([...sources, ...seen.map(({ name }) => name)])];
}
