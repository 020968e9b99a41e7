// Functions that a WebAssembly instance exports, typed by a table of their signatures.
import { failure } from '../../../shared/errors.ts';

/**
 * A letter for each parameter, and before a colon one for what is returned: `i` is a 32-bit integer or a pointer, `j` a
 * 64-bit integer, which is a bigint.
 */
export type Exported<Signatures extends Readonly<Record<string, string>>> = {
  readonly [Name in keyof Signatures]: FunctionOf<Signatures[Name]>;
};

type FunctionOf<Signature extends string> = Signature extends `${infer Result}:${infer Letters}`
  ? (...values: Values<Letters>) => Value<Result>
  : (...values: Values<Signature>) => void;

type Values<Letters extends string> = Letters extends `${infer First}${infer Rest}`
  ? [Value<First>, ...Values<Rest>]
  : [];

type Value<Letter extends string> = Letter extends 'i' ? number : Letter extends 'j' ? bigint : never;

/**
 * Takes the functions of a table from an instance. Emscripten splits 64-bit integers in two for JavaScript, and keeps the
 * function itself as `orig$…`. Fails with engine.failed where one is missing.
 */
export function exportedFunctions<Signatures extends Readonly<Record<string, string>>>(
  exports: WebAssembly.Exports,
  table: Readonly<Record<keyof Signatures, unknown>>,
  symbolOf: (name: keyof Signatures & string) => string,
): Exported<Signatures> {
  const found = Object.keys(table).map((name) => {
    const symbol = symbolOf(name);
    const value = exports[`orig$${symbol}`] ?? exports[symbol];
    if (typeof value !== 'function') throw failure('engine.failed', `DuckDB does not export ${symbol}.`);
    return [name, value] as const;
  });
  return Object.fromEntries(found) as unknown as Exported<Signatures>;
}
