// Dates and times that a Parquet file can hold and DuckDB cannot. DuckDB reads them all the same (v1.5.6): the outermost
// ones as infinity, which Parquet does not have, others as values that fail or end the engine when they are printed.
import { misfitOf, type MisfitColumn } from '../../sql/misfit.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import type { DuckDBType } from '../../sql/types.ts';

/** The least and the greatest value that DuckDB can print, which is neither infinity. */
const ranges: Readonly<Record<string, readonly [string, string]>> = {
  DATE: ['5877642-06-25 (BC)', '5881580-07-10'],
  TIME: ['00:00:00', '24:00:00'],
  TIME_NS: ['00:00:00', '24:00:00'],
  TIMESTAMP: ['290309-12-22 (BC) 00:00:00', '294247-01-10 04:00:54.775806'],
  TIMESTAMP_MS: ['290309-12-22 (BC) 00:00:00', '294247-01-10 04:00:54.775'],
  TIMESTAMP_NS: ['1677-09-22 00:00:00', '2262-04-11 23:47:16.854775806'],
  'TIME WITH TIME ZONE': ['00:00:00+00', '24:00:00+00'],
  'TIMESTAMP WITH TIME ZONE': ['290309-12-22 (BC) 00:00:00+00', '294247-01-10 04:00:54.775806+00'],
};

/**
 * The SQL of an item that fails where it is out of the range of its type, or becomes infinity where the document asks for
 * the loss; the item itself where every value is within.
 */
export function withinRange(item: string, type: DuckDBType, subject: MisfitColumn, lossy = false): string {
  const beyond = beyondRange(item, type);
  if (beyond === undefined) return item;
  const [least, greatest] = infinities(type, lossy);
  if (least === undefined || greatest === undefined) {
    return `CASE WHEN ${beyond} THEN ${misfitOf(subject, item, 'beyond')} ELSE ${item} END`;
  }
  return `CASE WHEN ${item} < ${least} THEN ${infinity('-', type)} WHEN ${item} > ${greatest} THEN ${infinity('', type)} ELSE ${item} END`;
}

/** SQL that is true for a value that is out of its type's range, or that has such a part. */
export function beyondRange(item: string, type: DuckDBType, depth = 0): string | undefined {
  const element = `element${depth}`;
  const anyOf = (list: string, inner: string | undefined): string | undefined =>
    inner && `len(list_filter(${list}, lambda ${element}: ${inner})) > 0`;
  switch (type.kind) {
    case 'scalar': {
      const [least, greatest] = boundsOf(type);
      return least === undefined ? undefined : `(${item} < ${least} OR ${item} > ${greatest})`;
    }
    case 'list':
    case 'array':
      return anyOf(item, beyondRange(element, type.element, depth + 1));
    case 'struct': {
      const parts = type.fields.flatMap((field) => {
        return beyondRange(`struct_extract(${item}, ${quoteLiteral(field.name)})`, field.type, depth) ?? [];
      });
      return parts.length === 0 ? undefined : `(${parts.join(' OR ')})`;
    }
    case 'map': {
      const parts = [
        beyondRange(`${element}.key`, type.key, depth + 1) ?? [],
        beyondRange(`${element}.value`, type.value, depth + 1) ?? [],
      ].flat();
      return anyOf(`map_entries(${item})`, parts.length === 0 ? undefined : `(${parts.join(' OR ')})`);
    }
    default:
      return undefined;
  }
}

function boundsOf(type: DuckDBType): readonly [string?, string?] {
  if (type.kind !== 'scalar') return [];
  const bounds = ranges[type.name];
  return bounds ? [`${type.name} ${quoteLiteral(bounds[0])}`, `${type.name} ${quoteLiteral(bounds[1])}`] : [];
}

/** The bounds beyond which a value may become infinity: times of a day have none. */
function infinities(type: DuckDBType, lossy: boolean): readonly [string?, string?] {
  return lossy && type.kind === 'scalar' && /^(DATE|TIMESTAMP)/.test(type.name) ? boundsOf(type) : [];
}

function infinity(sign: '' | '-', type: DuckDBType): string {
  return `CAST('${sign}infinity' AS ${type.kind === 'scalar' ? type.name : ''})`;
}
