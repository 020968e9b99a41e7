// json_structure: the types of a value, with the types of an array's elements joined to one.
import { isArray, JsonObject, quote, typeName, type Json } from './tree.ts';

/** What was seen in one place: a type for each sort of value, numbers taken together. */
class Place {
  readonly #scalars = new Set<string>();
  #elements: Place | undefined;
  #members: Map<string, Place> | undefined;

  see(value: Json): void {
    if (isArray(value)) {
      this.#elements ??= new Place();
      for (const item of value) this.#elements.see(item);
    } else if (value instanceof JsonObject) {
      const members = (this.#members ??= new Map<string, Place>());
      value.keys.forEach((key, index) => {
        const place = members.get(key) ?? new Place();
        members.set(key, place);
        place.see(value.values[index] ?? null);
      });
    } else if (value !== null) {
      this.#seeScalar(typeName(value));
    }
  }

  #seeScalar(type: string): void {
    const number = [...this.#scalars].find((seen) => seen !== type && isNumber(seen) && isNumber(type));
    if (number !== undefined) this.#scalars.delete(number);
    this.#scalars.add(number === undefined ? type : wider(number, type));
  }

  /** The place as JSON text: `"NULL"` where nothing but null was, `"JSON"` where sorts are mixed. */
  print(): string {
    const kinds = [...this.#scalars, ...(this.#elements ? ['ARRAY'] : []), ...(this.#members ? ['OBJECT'] : [])];
    if (kinds.length === 0) return '"NULL"';
    if (kinds.length > 1 || this.#members?.size === 0) return '"JSON"';
    if (this.#elements) return `[${this.#elements.print()}]`;
    if (!this.#members) return quote(kinds[0] ?? '');
    return `{${[...this.#members].map(([key, place]) => `${quote(key)}:${place.print()}`).join(',')}}`;
  }
}

function isNumber(type: string): boolean {
  return type === 'UBIGINT' || type === 'BIGINT' || type === 'HUGEINT' || type === 'DOUBLE';
}

function wider(one: string, other: string): string {
  return one === 'DOUBLE' || other === 'DOUBLE' ? 'DOUBLE' : 'HUGEINT';
}

export function structureOf(value: Json): string {
  const place = new Place();
  place.see(value);
  return place.print();
}
