// DuckDB's functions, fetched when SQL is first typed. The list is generated (scripts/build/functions.mjs).

export interface SqlFunction {
  readonly name: string;
  readonly kind: 'scalar' | 'aggregate' | 'table' | 'macro';
  /** `list, lambda(x) → ANY[]` */
  readonly signature: string;
  readonly description?: string;
  readonly example?: string;
}

type Row = readonly [name: string, kind: string, signature: string, description: string, example: string];

const kinds: Readonly<Record<string, SqlFunction['kind']>> = { s: 'scalar', a: 'aggregate', t: 'table', m: 'macro' };
let fetched: Promise<ReadonlyMap<string, SqlFunction>> | undefined;

/** By name. Rejects when the list cannot be fetched, and tries again the next time. */
export function sqlFunctions(): Promise<ReadonlyMap<string, SqlFunction>> {
  fetched ??= read().catch((thrown: unknown) => {
    fetched = undefined;
    throw thrown;
  });
  return fetched;
}

async function read(): Promise<ReadonlyMap<string, SqlFunction>> {
  const { default: list } = await import('./functions.generated.json');
  return new Map(
    (list.functions as unknown as readonly Row[]).map(([name, kind, signature, description, example]) => [
      name,
      {
        name,
        kind: kinds[kind] ?? 'scalar',
        signature,
        ...(description === '' ? {} : { description }),
        ...(example === '' ? {} : { example }),
      },
    ]),
  );
}
