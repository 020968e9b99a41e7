// Names of relations: sources and stages share one space, in which DuckDB does not tell upper from lower case.
import { problem, type Problem } from './syntax/problem.ts';
import { entryOf, isText, type Node, type TextScalar } from './syntax/tree.ts';

/** An error at every name that an earlier source or stage has. */
export function duplicateNames(root: Node): Problem[] {
  const first = new Map<string, string>();
  return namesIn(root).flatMap((name) => {
    const folded = name.value.toLowerCase();
    const earlier = first.get(folded);
    if (earlier === undefined) {
      first.set(folded, name.value);
      return [];
    }
    const other = earlier === name.value ? '' : ` (as \`${earlier}\`; case makes no difference)`;
    const message = `Another source or stage is called \`${name.value}\` already${other}.`;
    return [
      problem('document.duplicate_name', 'error', message, name, 'Give each source and stage a name of its own.'),
    ];
  });
}

function namesIn(root: Node): TextScalar[] {
  const stages = itemsOf(entryOf(root, 'stages')?.value).flatMap(itemsOf);
  return [...itemsOf(entryOf(root, 'sources')?.value), ...stages].flatMap((relation) => {
    const name = entryOf(relation, 'name')?.value;
    return isText(name) && !name.incomplete ? [name] : [];
  });
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : [];
}
