// The `params:` block of a document, read before parameters are put in; nothing is put into the block itself.
import { problem, type Problem } from '../syntax/problem.ts';
import type { SourceText, Span } from '../syntax/text.ts';
import { dataOf, entryOf, isText, type Entry, type Node } from '../syntax/tree.ts';
import { parameterDefinition, parameterName, type ParameterDefinition } from './definition.schema.ts';

export interface Declared extends ParameterDefinition {
  readonly name: string;
  /** Where the name was typed. */
  readonly key: Span;
}

export interface Declarations {
  readonly byName: ReadonlyMap<string, Declared>;
  /** The tree, whose defaults and choices are texts now. */
  readonly root: Node;
  readonly problems: readonly Problem[];
}

/** Reads what is declared. What does not fit its schema is told later, when the whole document is judged. */
export function readDeclarations(root: Node, source: SourceText): Declarations {
  const block = entryOf(root, 'params');
  if (root.kind !== 'map' || block?.value.kind !== 'map') return { byName: new Map(), root, problems: [] };
  const entries = block.value.entries.map(({ key, value }): Entry => ({ key, value: withTexts(value, source) }));
  const named = entries.filter(({ key }) => parameterName.safeParse(key.value).success);
  const byName = new Map(named.map(({ key, value }) => [key.value, declaredBy(key.value, value, key)]));
  const params = { ...block.value, entries };
  const changed = root.entries.map((entry) => (entry === block ? { ...entry, value: params } : entry));
  const problems = [...block.value.entries.flatMap(nothing), ...entries.flatMap(({ value }) => exposure(value))];
  return { byName, root: { ...root, entries: changed }, problems };
}

function declaredBy(name: string, node: Node, { start, end }: Span): Declared {
  const key = { start, end };
  const read = parameterDefinition.safeParse(dataOf(node), { error: () => 'does not fit' });
  if (read.success) return { ...read.data, name, key };
  const secret = entryOf(node, 'secret')?.value;
  return { name, key, type: 'string', secret: secret?.kind === 'scalar' && secret.value !== false };
}

/** A definition whose default and choices are texts; a name without more declares a text. */
function withTexts(node: Node, source: SourceText): Node {
  if (node.kind === 'scalar' && node.value === null) return { ...node, kind: 'map', entries: [] };
  if (node.kind !== 'map') return node;
  const type = entryOf(node, 'type')?.value;
  const isNumber = isText(type) && (type.value === 'number' || type.value === 'integer');
  const entries = node.entries.map(({ key, value }): Entry => {
    if (key.value === 'default') return { key, value: asText(value, isNumber, source) };
    if (key.value !== 'enum' || value.kind !== 'list') return { key, value };
    return { key, value: { ...value, items: value.items.map((item) => asText(item, isNumber, source)) } };
  });
  return { ...node, entries };
}

/** A number or truth value as the text that it was typed as; where a number is wanted, as numbers are printed. */
function asText(node: Node, isNumber: boolean, source: SourceText): Node {
  if (node.kind !== 'scalar' || typeof node.value === 'string' || node.value === null) return node;
  return { ...node, value: isNumber ? String(node.value) : source.body.slice(node.start, node.end) };
}

/** A name without more is a text. */
function nothing({ key, value }: Entry): Problem[] {
  if (value.kind !== 'scalar' || value.value !== null) return [];
  return [problem('document.alias', 'warning', `\`${key.value}\` is nothing, which is read as \`{}\`.`, key)];
}

/** A secret that stands in the document is none. */
function exposure(definition: Node): Problem[] {
  const [secret, value] = [entryOf(definition, 'secret')?.value, entryOf(definition, 'default')];
  if (secret?.kind !== 'scalar' || secret.value !== true || !value) return [];
  const message = 'The default of a secret stands in the document, where everyone can read it.';
  return [problem('parameter.exposed', 'warning', message, value.key, 'Remove the default and give the value.')];
}
