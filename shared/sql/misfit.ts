// How a statement of ours says that a value does not fit its column: as the text of a cast that fails, because DuckDB
// moves that freely where its function `error` would keep filters from being pushed down. The mark is found again in
// what DuckDB says.
import { failure, type SluiceError } from '../errors.ts';
import { quoteLiteral } from './quote.ts';

/** The column that a value was to stand in; the type as DESCRIBE prints it. */
export interface MisfitColumn {
  readonly relation: string;
  readonly column: string;
  readonly type: string;
}

/** A value that does not fit. */
export interface Misfit extends MisfitColumn {
  /** The value as text, cut after `longestText` characters; undefined where a value is missing that must not be. */
  readonly text?: string;
  /** Whether the value is out of the range of its type, so that it has no text. */
  readonly beyond?: true;
}

/** Characters of a value that an error keeps. */
export const longestText = 1000;

/** SQL of NULL that fails with the value of `item` when it is computed. One that is `beyond` its type cannot be printed. */
export function misfitOf(
  { relation, column, type }: MisfitColumn,
  item: string,
  kind: 'inexact' | 'missing' | 'beyond',
): string {
  const mark = `${kind} ${[relation, column, type].map(encodeURIComponent).join('/')} `;
  // What depends on no column, DuckDB computes before it reads a row.
  const value =
    kind === 'beyond'
      ? `left(CAST(hash(${item}) AS VARCHAR), 0)`
      : `coalesce(left(CAST(${item} AS VARCHAR), ${longestText}), '')`;
  return `CASE WHEN CAST(concat(${quoteLiteral(mark)}, ${value}) AS BOOLEAN) THEN NULL END`;
}

/** What an error of DuckDB says of a value that does not fit; undefined for every other error. */
export function readMisfit(message: string): Misfit | undefined {
  const found =
    /Could not convert string '(inexact|missing|beyond) ([^/ ]*)\/([^/ ]*)\/([^/ ]*) ([\s\S]*)' to BOOL/.exec(message);
  const parts = found?.slice(2, 5).map(decoded);
  if (!found || !isEach(parts)) return undefined; // a value that a cast of somebody else's could not convert
  const [relation = '', column = '', type = ''] = parts;
  if (found[1] === 'beyond') return { relation, column, type, beyond: true };
  return { relation, column, type, ...(found[1] === 'missing' ? {} : { text: found[5] ?? '' }) };
}

/** A part of the mark; undefined for what we never write. */
function decoded(part: string): string | undefined {
  try {
    const text = decodeURIComponent(part);
    return encodeURIComponent(text) === part ? text : undefined;
  } catch (thrown) {
    if (thrown instanceof URIError) return undefined;
    throw thrown;
  }
}

function isEach(parts: readonly (string | undefined)[] | undefined): parts is readonly string[] {
  return parts?.every((part) => part !== undefined) ?? false;
}

const infiniteHint =
  'Mend the value, or read it as infinity with `lossy: true` in `schema`: DuckDB writes infinity as such a value.';

/**
 * The error of a value that does not fit; `place` is where it stands, such as `Line 2 of a.csv`, or the relation where
 * no more is known.
 */
export function misfitFailure(misfit: Misfit, place: string = misfit.relation): SluiceError {
  const { column, type, text, beyond } = misfit;
  if (beyond) {
    const message = `${place} has a value beyond the range of ${type} in column ${column}.`;
    const hint = /^(DATE|TIMESTAMP.*)$/.test(type) ? infiniteHint : 'Mend the value where the file is written.';
    return failure('file.corrupt', message, { misfit, hint });
  }
  if (text === undefined) {
    const message = `${place} has no value in column ${column}, which must have one.`;
    return failure('file.corrupt', message, {
      misfit,
      hint: 'Add the value, or remove `nullable: false` from the column.',
    });
  }
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return failure('file.corrupt', `${place} has "${shown}" in column ${column}, which is ${type}.`, {
    misfit,
    hint: `Mend the value, declare the column with another type in \`schema\`, or allow the change with \`lossy: true\`.`,
  });
}

/** A piece of DuckDB's plan with the columns in place of the exact casts that they come from (formats/exact-cast.ts). */
export function withoutExactCasts(text: string): string {
  return text.replace(/CASE\s+WHEN (?:(?! ELSE exact value\d+ END)[\s\S])* ELSE exact value\d+ END/g, (cast) => {
    const column = /'(?:inexact|missing|beyond) [^/ ]*\/([^/ ]*)\//.exec(cast)?.[1];
    return column === undefined ? cast : decodeURIComponent(column);
  });
}
