// Functions that a WebAssembly instance exports, typed by a table of their signatures. WebAssembly hands integers of 32
// bits to JavaScript signed; here they are addresses, sizes and flags, none of which is negative.
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
 * Takes the functions of a table from an instance. What they answer in 32 bits is unsigned. Fails with engine.failed where
 * one is missing.
 */
export function exportedFunctions<Signatures extends Readonly<Record<string, string>>>(
  exports: WebAssembly.Exports,
  signatures: Signatures,
  symbolOf: (name: keyof Signatures & string) => string,
): Exported<Signatures> {
  const found = Object.entries(signatures).map(([name, signature]) => {
    const exported = exportedFunction(exports, symbolOf(name));
    return [name, signature.startsWith('i:') ? unsigned(exported) : exported] as const;
  });
  return Object.fromEntries(found) as unknown as Exported<Signatures>;
}

/**
 * A function as it is exported, which a table of functions takes. Emscripten splits 64-bit integers in two for JavaScript,
 * and keeps the function itself as `orig$…`. Fails with engine.failed where it is missing.
 */
export function exportedFunction(exports: WebAssembly.Exports, symbol: string): (...values: never[]) => unknown {
  const value = exports[`orig$${symbol}`] ?? exports[symbol];
  if (typeof value !== 'function') throw failure('engine.failed', `DuckDB does not export ${symbol}.`);
  return value as (...values: never[]) => unknown;
}

function unsigned(exported: (...values: never[]) => unknown): (...values: never[]) => number {
  return (...values) => (exported(...values) as number) >>> 0;
}
