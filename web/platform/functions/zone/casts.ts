// The casts of TIMESTAMP WITH TIME ZONE that DuckDB's icu extension has.
import { messageOf } from '../../../../shared/errors.ts';
import type { Cast } from '../extension/casts.ts';
import { toDate } from './parts.ts';
import { timestampTz } from './types.ts';
import { zoneOf } from './zones.ts';

/** A date, a time to the second or finer, and a zone's name. */
const zoned = /^\s*(\S+[ T][0-9]+:[0-9]+:[0-9]+(?:\.[0-9]+)?) ([A-Za-z][\w+\-/]*)$/;

export const zoneCasts: readonly Cast[] = [
  {
    source: timestampTz,
    target: 'DATE',
    cost: -1,
    run: ({ vectors, rows, source, sourceType, target, targetType }) => {
      const moments = vectors.read(source, sourceType, rows) as (bigint | null)[];
      vectors.write(
        target,
        targetType,
        moments.map((moment) => (moment === null ? null : toDate(moment))),
      );
    },
  },
  {
    source: 'VARCHAR',
    target: timestampTz,
    cost: -1,
    run: ({ vectors, rows, source, target, targetType }) => {
      const failed = vectors.cast(source, target, rows);
      if (failed === undefined) return;
      // DuckDB itself knows UTC and offsets; of what it refuses, that which names a zone is left to us.
      const named = vectors.strings(source, rows).map((text) => zoned.exec(text ?? ''));
      if (named.every((match) => match === null)) throw new Error(failed);
      const plain = vectors.strings(source, rows).map((text, row) => named[row]?.[1] ?? text);
      let error: string | undefined;
      const cast = vectors.with('VARCHAR', rows, (texts) =>
        vectors.with(timestampTz, rows, (moments) => {
          vectors.write(texts, { kind: 'scalar', name: 'VARCHAR' }, plain);
          error = vectors.cast(texts, moments, rows);
          return vectors.read(moments, targetType, rows) as (bigint | null)[];
        }),
      );
      const moments = cast.map((moment, row) => {
        const zone = named[row]?.[2];
        if (moment === null || zone === undefined) return moment;
        try {
          return zoneOf(zone).toMoment(moment);
        } catch (thrown) {
          error ??= messageOf(thrown);
          return null;
        }
      });
      vectors.clearNulls(target, rows);
      vectors.write(target, targetType, moments);
      if (error !== undefined) throw new Error(error);
    },
  },
];
