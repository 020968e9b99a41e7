// Values at a path. A path without wildcards is followed in the text itself: what lies beside it is passed over and
// never built, and the answer is a slice of the text wherever it stands there as DuckDB would print it.
import { code, skipSpace, skipValue, validate } from './grammar.ts';
import type { JsonPath, Step } from './path.ts';
import { isArray, JsonObject, parse, print, skipComma, unquote, type Json } from './tree.ts';

/** The text of the value at a path without wildcards, as it stands; undefined when there is none. Checks all the text. */
export function find(text: string, { steps }: JsonPath): string | undefined {
  validate(text);
  let at = skipSpace(text, 0);
  for (const step of steps) {
    const next = follow(text, at, step);
    if (next === undefined) return undefined;
    at = next;
  }
  return text.slice(at, skipValue(text, at));
}

/** Where the value lies that a step leads to. */
function follow(text: string, at: number, step: Step): number | undefined {
  const unit = text.charCodeAt(at);
  if (step.kind !== 'key' && step.kind !== 'index') return undefined;
  if (unit === code.openBrace && step.kind === 'key') return findKey(text, at, step.key);
  if (unit === code.openBracket && step.index !== undefined) return findIndex(text, at, step.index);
  return undefined;
}

function findKey(text: string, object: number, key: string): number | undefined {
  let at = skipSpace(text, object + 1);
  while (text.charCodeAt(at) !== code.closeBrace) {
    let end = at + 1;
    let hasEscape = false;
    for (let unit = text.charCodeAt(end); unit !== code.quote; unit = text.charCodeAt(++end)) {
      if (unit !== code.backslash) continue;
      hasEscape = true;
      end++;
    }
    const value = skipSpace(text, skipSpace(text, end + 1) + 1);
    const isIt = hasEscape
      ? unquote(text.slice(at, end + 1)) === key
      : end - at === key.length + 1 && text.startsWith(key, at + 1);
    if (isIt) return value;
    at = skipComma(text, skipValue(text, value));
  }
  return undefined;
}

function findIndex(text: string, array: number, index: number): number | undefined {
  const places: number[] = [];
  let at = skipSpace(text, array + 1);
  for (let count = 0; text.charCodeAt(at) !== code.closeBracket; count++) {
    if (count === index) return at;
    if (index < 0) places.push(at);
    at = skipComma(text, skipValue(text, at));
  }
  return index < 0 ? places.at(index) : undefined;
}

/** A value's text as DuckDB prints it: no white space, numbers and escapes in their one form. */
export function canonical(value: string): string {
  return isCanonical(value) ? value : print(parse(value));
}

/** False when in doubt: then the value is parsed and printed. */
function isCanonical(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit === code.quote) {
      for (at++; value.charCodeAt(at) !== code.quote; at++) if (value.charCodeAt(at) === code.backslash) return false;
    } else if (unit <= 0x20 || unit === code.minus || unit === 0x2e || unit === 0x45) {
      return false; // white space, or a number that is not just digits
    } else if (unit === 0x65 && value.charCodeAt(at - 1) <= 0x39) {
      return false; // an exponent
    } else if ((unit === code.closeBrace || unit === code.closeBracket) && value.charCodeAt(at - 1) === code.comma) {
      return false;
    }
  }
  return true;
}

/** A string's content, NULL for null, and any other value's text. */
export function asText(value: string): string | null {
  if (value === 'null') return null;
  return value.startsWith('"') ? unquote(value) : canonical(value);
}

/** The values at a path with wildcards, in the order of the document, or of depth for `..`. */
export function findAll(root: Json, { steps }: JsonPath): Json[] {
  return steps.reduce<readonly Json[]>(
    (values, step) => values.flatMap((value) => [...childrenAt(value, step)]),
    [root],
  ) as Json[];
}

function childrenAt(value: Json, step: Step): readonly Json[] {
  switch (step.kind) {
    case 'key': {
      const found = value instanceof JsonObject ? value.get(step.key) : undefined;
      return found === undefined ? [] : [found];
    }
    case 'index': {
      const found = isArray(value) ? value.at(step.index) : undefined;
      return found === undefined ? [] : [found];
    }
    case 'nothing':
      return [];
    case 'anyKey':
      return value instanceof JsonObject ? value.values : [];
    case 'anyIndex':
      return isArray(value) ? value : [];
    case 'descendants': {
      const found: Json[] = [value];
      for (const each of found) {
        if (isArray(each)) found.push(...each);
        else if (each instanceof JsonObject) found.push(...each.values);
      }
      return step.self ? found : found.slice(1);
    }
  }
}
