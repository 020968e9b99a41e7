// What a rule of compatibility works with.
import type { Path } from '../../errors.ts';
import { problem, type Problem } from '../syntax/problem.ts';
import type { SourceText, Span } from '../syntax/text.ts';
import { entryOf, isText, type Fields, type Node, type Scalar } from '../syntax/tree.ts';

export class Rewriting {
  readonly problems: Problem[] = [];
  readonly source: SourceText;
  /** Whether the document states a version of Aqueducts, so that what that would refuse is worth a word. */
  readonly isAqueducts: boolean;

  constructor(root: Node, source: SourceText) {
    const version = entryOf(root, 'version')?.value;
    this.source = source;
    this.isAqueducts = isText(version) && /^v[12]$/.test(version.value);
  }

  /** Notes that something was spelled otherwise. */
  alias(message: string, span: Span, hint?: string): void {
    this.problems.push(problem('document.alias', 'warning', message, span, hint));
  }

  /** Notes how something is read that may be read in two ways. */
  note(message: string, span: Span): void {
    this.problems.push(problem('document.alias', 'info', message, span));
  }

  /** What a scalar was typed as. */
  typed({ start, end }: Span): string {
    return this.source.body.slice(start, end);
  }
}

/** A rule: the node that stands for another at a path, the same where it has nothing to say. */
export type Rule = (node: Node, path: Path, rewriting: Rewriting) => Node;

/** A text at the place of something else. */
export function textAt(value: string, { start, end }: Span): Scalar {
  return { kind: 'scalar', value, start, end };
}

/** A map at the place of something else, with one field. */
export function mapAt(key: string, value: Node, { start, end }: Span): Fields {
  const name = { kind: 'scalar', value: key, start, end } as const;
  return { kind: 'map', start, end, entries: [{ key: name, value }] };
}
