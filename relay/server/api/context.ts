// What every handler of the API is given.
import type { HttpBindings } from '@hono/node-server';
import type { RequestIdVariables } from 'hono/request-id';
import type { Key } from '../keys/key.ts';
import type { RunsOfKey } from '../rights.ts';

export interface ApiContext {
  Bindings: HttpBindings;
  Variables: RequestIdVariables & { key: Key; runs: RunsOfKey };
}
