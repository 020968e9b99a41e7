// JavaScript functions as entries of a WebAssembly function table, so that DuckDB can call them as C callbacks. The
// table takes only functions of WebAssembly, so each gets a module that imports and exports it (WebAssembly core
// specification 2.0, chapter 5.5, "Modules").

/** An index into the table. */
export type Callback = number;

/**
 * Types of parameters: `i` is a pointer or an unsigned integer of 32 bits, `j` one of 64 bits, which comes as a bigint.
 * Nothing is returned, unless it begins with `i:`.
 */
export type Signature = 'i' | 'ii' | 'iii' | 'iiii' | 'i:i' | 'i:iiji';

/** WebAssembly's numbers for types and sections. */
const wasm = { i32: 0x7f, i64: 0x7e, function: 0x60, types: 1, imports: 2, exports: 7 };

/** Tables never shrink: make a callback once an instance, not once a use. */
export function createCallback(
  table: WebAssembly.Table,
  signature: Signature,
  target: (...values: never[]) => unknown,
): Callback {
  const module = new WebAssembly.Module(trampoline(signature));
  const { exports } = new WebAssembly.Instance(module, { a: { b: withUnsigned(target) } });
  const index = table.grow(1);
  table.set(index, exports['b']);
  return index;
}

/** WebAssembly hands integers of 32 bits over signed. */
function withUnsigned(target: (...values: never[]) => unknown): (...values: (number | bigint)[]) => unknown {
  const call = target as (...values: (number | bigint)[]) => unknown;
  return (...values) => call(...values.map((value) => (typeof value === 'number' ? value >>> 0 : value)));
}

/** A module that exports as `b` what it imports as `a.b`. */
function trampoline(signature: Signature): Uint8Array<ArrayBuffer> {
  const [parameters, results] = signature.startsWith('i:') ? [signature.slice(2), 'i'] : [signature, ''];
  const type = [1, wasm.function, ...typesOf(parameters), ...typesOf(results)];
  const [a, b] = [
    [1, 0x61],
    [1, 0x62],
  ] as const; // names: their length, then their letters
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(wasm.types, type),
    ...section(wasm.imports, [1, ...a, ...b, 0, 0]),
    ...section(wasm.exports, [1, ...b, 0, 0]),
  ]);
}

function typesOf(letters: string): number[] {
  return [letters.length, ...Array.from(letters, (letter) => (letter === 'j' ? wasm.i64 : wasm.i32))];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, content.length, ...content];
}
