// json_contains and json_merge_patch (RFC 7396), on trees.
import { isArray, JsonNumber, JsonObject, type Json } from './tree.ts';

/** Whether the needle is found anywhere in the haystack; in objects and arrays of the haystack more may stand. */
export function contains(haystack: Json, needle: Json): boolean {
  return matches(haystack, needle) || childrenOf(haystack).some((child) => contains(child, needle));
}

function matches(haystack: Json, needle: Json): boolean {
  if (isArray(needle)) {
    return isArray(haystack) && needle.every((item) => haystack.some((candidate) => matches(candidate, item)));
  }
  if (needle instanceof JsonObject) {
    if (!(haystack instanceof JsonObject)) return false;
    return needle.keys.every((key, index) => {
      const found = haystack.get(key);
      return found !== undefined && matches(found, needle.values[index] ?? null);
    });
  }
  if (needle instanceof JsonNumber) return haystack instanceof JsonNumber && isSame(haystack, needle);
  return haystack === needle;
}

/** 1 and 1.0 differ, as an integer and a DOUBLE do; 1.0 and 1.00 are the same. */
function isSame(one: JsonNumber, other: JsonNumber): boolean {
  if (one.kind !== other.kind) return false;
  return one.kind === 'DOUBLE' ? Number(one.text) === Number(other.text) : one.text === other.text;
}

function childrenOf(value: Json): readonly Json[] {
  if (isArray(value)) return value;
  return value instanceof JsonObject ? value.values : [];
}

/** Keys that the patch does not name stay first and in order; then come the patch's, without those that are null. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!(patch instanceof JsonObject)) return patch;
  const original = target instanceof JsonObject ? target : new JsonObject([], []);
  const kept = original.keys
    .map((key, index) => ({ key, value: original.values[index] ?? null }))
    .filter(({ key }) => patch.get(key) === undefined);
  const patched = patch.keys
    .map((key, index) => ({ key, patch: patch.values[index] ?? null }))
    .filter(({ patch }) => patch !== null)
    .map(({ key, patch }) => ({ key, value: mergePatch(original.get(key) ?? null, patch) }));
  const all = [...kept, ...patched];
  return new JsonObject(
    all.map(({ key }) => key),
    all.map(({ value }) => value),
  );
}
