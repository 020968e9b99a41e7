// How often a fuzz test runs: a seeded share of the whole in every test run, all of it with `npm run test:fuzz`.

/** `share` of the cases, or `whole` when FUZZ=full; always the same ones, unless FUZZ_SEED says otherwise. */
export function fuzzRuns(share: number, whole: number, environment: Readonly<Record<string, string | undefined>>) {
  const numRuns = environment['FUZZ'] === 'full' ? whole : share;
  return { numRuns, seed: Number(environment['FUZZ_SEED'] ?? 1), endOnFailure: true };
}

/** How long a fuzz test may take, in milliseconds. */
export function fuzzPatience(environment: Readonly<Record<string, string | undefined>>): number {
  return environment['FUZZ'] === 'full' ? 3_600_000 : 300_000;
}
