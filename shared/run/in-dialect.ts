// The engine of a run: all that a run does is done in the dialect of its document, for a view means what the functions of
// whoever reads it mean. Nothing else that uses the engine is touched by it.
import type { Engine, Work } from '../platform.ts';
import type { Dialect } from '../sql/dialect.ts';

/** The engine with a dialect for all work that names none. */
export function inDialect(engine: Engine, dialect: Dialect): Engine {
  if (dialect === 'duckdb') return engine;
  const own = (work: Work = {}): Work => ({ ...work, dialect: work.dialect ?? dialect });
  const spoken: Partial<Engine> = {
    execute: (statement, work) => engine.execute(statement, own(work)),
    query: (query, work) => engine.query(query, own(work)),
    describe: (query, work) => engine.describe(query, own(work)),
    explain: (query, work) => engine.explain(query, own(work)),
    analyze: (query, work) => engine.analyze(query, own(work)),
    bind: (query, relations, work) => engine.bind(query, relations, own(work)),
    feed: (name, columns, scan, work) => engine.feed(name, columns, scan, own(work)),
  };
  return new Proxy(engine, {
    get(target, key) {
      const changed: unknown = Reflect.get(spoken, key);
      if (changed !== undefined) return changed;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The platform with that engine. */
export function platformIn<P extends { readonly engine: Engine }>(platform: P, dialect: Dialect): P {
  if (dialect === 'duckdb') return platform;
  const engine = inDialect(platform.engine, dialect);
  return new Proxy(platform, {
    get(target, key) {
      if (key === 'engine') return engine;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
