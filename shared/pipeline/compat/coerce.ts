// Values of another kind than a field wants, where they can mean only one thing: `null` for a default, `"10"` for 10,
// 2024 for "2024". Values that come from parameters are texts and become what the field wants without a word.
import { z } from '../../zod.ts';
import type { Issue, Path } from '../../errors.ts';
import { issueOf } from '../document.ts';
import { matches } from '../paths.ts';
import { innerOf, partOf, schemaOf } from '../schema-walk.ts';
import { problem, type Problem } from '../syntax/problem.ts';
import type { SourceText } from '../syntax/text.ts';
import { isText, type Entry, type Node, type Scalar } from '../syntax/tree.ts';

/** Texts that may be typed as numbers or truth values. A name or a query may not: there it is a slip. */
const plainTexts = [
  'version',
  ...['sources.*.storage_config.*', 'destination.storage_config.*', 'destination.format.options.*'],
  ...['destination.table_properties.*', 'destination.metadata.*', 'destination.write_mode.params.*.value'],
];

export interface Coerced {
  readonly root: Node;
  readonly issues: readonly Issue[];
}

export function coerce(schema: z.core.$ZodType, root: Node, source: SourceText): Coerced {
  const coercion = new Coercion(source);
  const node = coercion.node(schema, root, []);
  return { root: node, issues: coercion.problems.map((found) => issueOf(found, source)) };
}

class Coercion {
  readonly problems: Problem[] = [];
  readonly #source: SourceText;

  constructor(source: SourceText) {
    this.#source = source;
  }

  node(schema: z.core.$ZodType | undefined, node: Node, path: Path): Node {
    const known = schemaOf(schema, node);
    if (node.kind === 'scalar') return this.#scalar(known, node, path);
    if (node.kind === 'list') {
      const items = node.items.map((item, index) => this.node(partOf(known, index), item, [...path, index]));
      return { ...node, items };
    }
    const entries = node.entries.flatMap(({ key, value }): Entry[] => {
      const part = partOf(known, key.value);
      if (value.kind === 'scalar' && value.value === null && part && isDefaulted(part)) {
        this.#tell(`\`${key.value}\` is nothing, which is read as its default.`, value, key);
        return [];
      }
      return [{ key, value: this.node(part, value, [...path, key.value]) }];
    });
    return { ...node, entries };
  }

  #scalar(known: z.core.$ZodType | undefined, node: Scalar, path: Path): Node {
    const { value } = node;
    const read = (to: Scalar['value'], shown: string): Scalar => {
      if (!node.parameters) this.#tell(`${this.#typed(node)} is read as ${shown}.`, node);
      return { ...node, value: to };
    };
    if (known instanceof z.ZodNumber) {
      const number = isText(node) ? numberOf(node.value, node.parameters !== undefined) : undefined;
      return number === undefined ? node : read(number, 'a number');
    }
    if (known instanceof z.ZodBoolean) {
      if (value !== 'true' && value !== 'false') return node;
      return read(value === 'true', `\`${value}\` without quotes`);
    }
    if (known instanceof z.ZodString) {
      const isPlain = value !== null && typeof value !== 'string' && plainTexts.some((at) => matches(at, path));
      return isPlain ? read(this.#typed(node), 'text') : node;
    }
    // A field for values of any kind takes the kind that the parameter was declared with.
    return node.declared === undefined ? node : { ...node, value: node.declared };
  }

  #typed({ start, end }: Scalar): string {
    return this.#source.body.slice(start, end);
  }

  #tell(message: string, node: Node, key: Node = node): void {
    this.problems.push(problem('document.alias', 'warning', message, node.start === node.end ? key : node));
  }
}

/** Whether a field has a default and does not take null for a value. */
function isDefaulted(schema: z.core.$ZodType): boolean {
  let [hasDefault, takesNull] = [false, false];
  for (let at: z.core.$ZodType | undefined = schema; at; at = innerOf(at)) {
    hasDefault ||= at instanceof z.ZodDefault || at instanceof z.ZodPrefault || at instanceof z.ZodOptional;
    takesNull ||= at instanceof z.ZodNullable;
  }
  return hasDefault && !takesNull;
}

const anyNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const plainNumber = /^(?:0|-?[1-9]\d*)(?:\.\d+)?$/;

/** The number that a text is. In the document itself it must be spelled as numbers are printed. */
function numberOf(text: string, isValue: boolean): number | undefined {
  if (!(isValue ? anyNumber : plainNumber).test(text)) return undefined;
  const number = Number(text);
  return isValue || String(number) === text ? number : undefined;
}
