// A platform whose statements start when the journal has caught up: a statement makes few events, so that this bounds
// what is held of them.
import type { Engine, Platform } from '../../../shared/platform.ts';

const starters: ReadonlySet<PropertyKey> = new Set([
  'execute',
  'query',
  'analyze',
  'explain',
] satisfies (keyof Engine)[]);

export function paced(platform: Platform, room: () => Promise<void>): Platform {
  const engine = new Proxy(platform.engine, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const call = (...given: unknown[]): unknown => Reflect.apply(value, target, given);
      if (!starters.has(name)) return call;
      return async (...given: unknown[]): Promise<unknown> => {
        await room();
        return call(...given);
      };
    },
  });
  return { ...platform, engine, close: () => platform.close() };
}
