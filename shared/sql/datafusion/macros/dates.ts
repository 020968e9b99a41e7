// Dates and times. A timestamp has no zone and stands for UTC; what DataFusion holds in nanoseconds is held in
// microseconds here, DuckDB's TIMESTAMP, but for to_timestamp_nanos.
import type { Macros } from './macro.ts';

/**
 * A number is an instant in units of `1 / perSecond` seconds since 1970, text is read as ISO 8601, with its offset. What
 * is finer than the unit is cut off, towards 1970.
 */
function instant(perSecond: number): string {
  const micros = 1_000_000 / perSecond;
  const stamp = 'cast_to_timestamp__(x)';
  return `CASE WHEN typeof(x) LIKE '%INT%' THEN make_timestamp(TRY_CAST(x AS BIGINT) * ${micros})
    WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN make_timestamp(CAST(TRY_CAST(x AS DOUBLE) * ${micros} AS BIGINT))
    ELSE ${micros === 1 ? stamp : `make_timestamp(epoch_us(${stamp}) // ${micros} * ${micros})`} END`;
}

const bin = (origin: string): string => `time_bucket(CAST(width AS INTERVAL), cast_to_timestamp__(x), ${origin})`;

/** A date moved by an interval is a date. */
const moved = (operator: string): string => `(x, width) AS cast_to_type(x ${operator} width, x)`;

export const dateMacros: Macros = {
  plus_interval__: moved('+'),
  minus_interval__: moved('-'),
  generate_series: `(a) AS system.main.generate_series(a), (a, b) AS system.main.generate_series(a, b),
    (a, b, step) AS cast_to_type(system.main.generate_series(a, b, step), [a])`,
  range: `(a) AS system.main.range(a), (a, b) AS system.main.range(a, b),
    (a, b, step) AS cast_to_type(system.main.range(a, b, step), [a])`,
  date_bin: `(width, x) AS ${bin(`TIMESTAMP '1970-01-01'`)}, (width, x, origin) AS ${bin('cast_to_timestamp__(origin)')}`,
  date_part: '(part, x) AS system.main.date_part(lower(part), x)',
  datepart: '(part, x) AS date_part(part, x)',
  date_trunc: `(unit, x) AS system.main.date_trunc(lower(unit), x)`,
  datetrunc: '(unit, x) AS date_trunc(unit, x)',
  from_unixtime: `(x) AS make_timestamp(CAST(x AS BIGINT) * 1000000),
    (x, zone) AS system.main.to_timestamp(CAST(x AS DOUBLE))`,
  to_unixtime: '(x) AS epoch_us(cast_to_timestamp__(x)) // 1000000',
  to_date: `(x) AS CASE WHEN typeof(x) LIKE '%INT%' THEN DATE '1970-01-01' + TRY_CAST(x AS INTEGER)
      WHEN typeof(x) = 'VARCHAR' THEN CAST(cast_to_timestamp__(x) AS DATE) ELSE CAST(x AS DATE) END`,
  time_of__: `(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN cast_to_timestamp__(x) ELSE TRY_CAST(x AS TIMESTAMP) END`,
  fraction__: `(t) AS CASE WHEN epoch_us(t) % 1000000 = 0 THEN '' WHEN epoch_us(t) % 1000 = 0
    THEN strftime(t, '.%g') ELSE strftime(t, '.%f') END`,
  to_local_time: '(x) AS CAST(x AS TIMESTAMP)',
  to_timestamp: `(x) AS CASE WHEN typeof(x) LIKE '%INT%' OR typeof(x) IN ('DOUBLE', 'FLOAT') THEN ${instant(1)}
    ELSE cast_to_timestamp__(x) END`,
  to_timestamp_seconds: `(x) AS ${instant(1)}`,
  to_timestamp_millis: `(x) AS ${instant(1000)}`,
  to_timestamp_micros: `(x) AS ${instant(1_000_000)}`,
  to_timestamp_nanos: `(x) AS CASE WHEN typeof(x) LIKE '%INT%' THEN make_timestamp_ns(TRY_CAST(x AS BIGINT))
    ELSE CAST(x AS TIMESTAMP_NS) END`,
};
