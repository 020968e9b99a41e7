// Arrow vectors of values, with null for NULL. Arrow's own vectorFromArray compiles text to a function, which the page's
// Content Security Policy forbids.
import { makeBuilder, Vector, type Builder, type DataType } from 'apache-arrow';

export function vectorOf<Type extends DataType>(values: readonly unknown[], type: Type): Vector<Type> {
  const builder: Builder<Type> = makeBuilder({ type, nullValues: [] });
  knowNull(builder);
  for (const value of values) builder.append(value);
  return new Vector([builder.finish().flush()]);
}

function knowNull(builder: Builder): void {
  builder.isValid = (value) => value !== null;
  builder.children.forEach(knowNull);
}
