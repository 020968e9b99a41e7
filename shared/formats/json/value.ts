// What JSON (RFC 8259) can say, as it was written: keys in their order, numbers with every digit.

/**
 * A number that a JavaScript number would not give back as it was written: one with a point or an exponent, an integer of
 * more than 53 bits, and minus zero. What is left are integers, which are JavaScript numbers.
 */
export class JsonNumber {
  /** As it was typed. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The keys of an object are in the order of the text, also those that look like integers. */
export type JsonObject = Map<string, Json>;

export type Json = null | boolean | number | JsonNumber | string | Json[] | JsonObject;

/** Whether a number was written as an integer. */
export function isWrittenAsInteger(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index) | 0x20;
    if (code === 0x2e || code === 0x65) return false; // . and e
  }
  return text !== '-0';
}

/** The JSON text of a value, without blanks and with its numbers as they were typed. */
export function compactText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(compactText).join(',')}]`;
  return `{${[...value].map(([key, part]) => `${JSON.stringify(key)}:${compactText(part)}`).join(',')}}`;
}

/** The first key with a value that is none of these. */
export function otherKey(
  object: ReadonlyMap<string, Json> | null,
  keys: { has(key: string): boolean },
): string | undefined {
  for (const [key, value] of object ?? []) if (value !== null && !keys.has(key)) return key;
  return undefined;
}
