// Fields that the schema does not have. They are ignored, as in Aqueducts, but never silently.
import { z } from '../zod.ts';
import { closest } from '../sql/closest.ts';
import { partOf, schemaOf } from './schema-walk.ts';
import { problem, type Problem } from './syntax/problem.ts';
import type { Fields, Node } from './syntax/tree.ts';

/** A warning at the key of every field of the document that its schema does not know. */
export function unknownFields(schema: z.core.$ZodType, node: Node): Problem[] {
  const known = schemaOf(schema, node);
  if (node.kind === 'list') {
    return node.items.flatMap((item, index) => {
      const part = partOf(known, index);
      return part ? unknownFields(part, item) : [];
    });
  }
  if (node.kind !== 'map' || !(known instanceof z.ZodObject || known instanceof z.ZodRecord)) return [];
  const absent = absentFields(known, node);
  return node.entries.flatMap(({ key, value }) => {
    // zod drops this key from every map
    const part = key.value === '__proto__' ? undefined : partOf(known, key.value);
    if (part) return unknownFields(part, value);
    return key.merge ? [] : [unknown(key.value, key, absent)];
  });
}

/** The fields that a map could have and has not. */
function absentFields(known: z.ZodObject | z.ZodRecord, map: Fields): string[] {
  if (!(known instanceof z.ZodObject)) return [];
  const present = new Set(map.entries.map(({ key }) => key.value));
  return Object.keys(known.shape).filter((field) => !present.has(field));
}

function unknown(name: string, key: Node, absent: readonly string[]): Problem {
  const meant = closest(name, absent);
  const message = `There is no field \`${name}\` here; it has no effect.`;
  const hint = meant === undefined ? undefined : `Did you mean \`${meant}\`?`;
  return problem('document.unknown_field', 'warning', message, key, hint);
}
