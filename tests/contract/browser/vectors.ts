// Arrow vectors of values, with null for NULL. Arrow's own vectorFromArray compiles text to a function, which the page's
// Content Security Policy forbids.
import { makeBuilder, type Builder, type DataType, type Vector } from 'apache-arrow';

export function vectorOf<Type extends DataType>(values: readonly unknown[], type: Type): Vector<Type> {
  const builder = makeBuilder({ type, nullValues: [] });
  knowNull(builder);
  for (const value of values) builder.append(value as Type['TValue'] | null);
  return builder.finish().toVector();
}

function knowNull(builder: Builder): void {
  builder.isValid = (value) => value !== null;
  builder.children.forEach(knowNull);
}
