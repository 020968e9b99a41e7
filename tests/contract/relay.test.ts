// Every contract case on native DuckDB.
import { describe, expect, it } from 'vitest';
import { contractCases } from './cases/index.ts';
import { withRelayContext } from './relay.ts';

describe('the relay’s platform', () => {
  it.concurrent.each(contractCases)('$name', async ({ run, expected }) => {
    expect(await withRelayContext(run)).toEqual(expected);
  });
});
