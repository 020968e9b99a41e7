// An engine that cannot call our code while statements run: readers must then read everything before.
import type { Engine } from '../../../shared/platform.ts';

export function withoutPull(engine: Engine): Engine {
  return new Proxy(engine, {
    get(target, key) {
      const value: unknown = key === 'pull' ? undefined : Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
