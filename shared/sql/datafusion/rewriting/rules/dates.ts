// Rules for dates: parts have their own types, and formats must stand as text, for DuckDB takes constants only.
import { failure } from '../../../../errors.ts';
import { quoteLiteral } from '../../../quote.ts';
import { readFormats, writeFormat } from '../formats.ts';
import { around, literal, type Place, type Rule } from './rule.ts';

/** Text as it stands in the query is read as a timestamp where one is wanted. */
function readText(index: number, { structure, edits }: Place): void {
  if (structure.tokens[index]?.kind !== 'string' || !/^[),]$/.test(structure.text(index + 1) ?? '')) return;
  if (structure.is(index - 1, 'DATE', 'TIMESTAMP', 'TIME', 'INTERVAL')) return;
  edits.wrap(structure.start(index), structure.end(index), 'cast_to_timestamp__(', ')');
}

export const dateTrunc: Rule = (place) => readText(place.call.arguments[1]?.[0] ?? 0, place);

export const datePart: Rule = (place) => {
  readText(place.call.arguments[1]?.[0] ?? 0, place);
  const part = literal(place, 0)?.toLowerCase();
  const { call, structure, edits } = place;
  if (part !== undefined && part !== 'epoch') {
    edits.wrap(structure.start(call.nameIndex), structure.end(call.close), 'CAST(', ' AS INTEGER)');
  }
};

/** `extract(year FROM x)` is `date_part('year', x)`. */
export const extract: Rule = (place) => {
  const { call, structure, edits } = place;
  const from = call.open + 2;
  if (!structure.is(from, 'FROM')) return;
  const part = (structure.tokens[call.open + 1]?.value ?? '').toLowerCase();
  readText(from + 1, place);
  edits.replace(structure.start(call.nameIndex), structure.end(from), `date_part(${quoteLiteral(part)},`);
  if (part !== 'epoch') {
    edits.wrap(structure.start(call.nameIndex), structure.end(call.close), 'CAST(', ' AS INTEGER)');
  }
};

export const toChar: Rule = (place) => {
  const { call, structure, edits } = place;
  const [value, format] = call.arguments;
  if (!value || !format) return;
  const text = literal(place, 1);
  if (structure.is(format[0], 'NULL') && format[1] === format[0] + 1) {
    edits.replace(structure.start(call.nameIndex), structure.end(call.close), 'CAST(NULL AS VARCHAR)');
    return;
  }
  if (text === undefined) {
    const hint = 'Choose between formats with CASE.';
    throw failure('document.unsupported', 'DuckDB takes a date format only as text that stands in the query.', {
      hint,
    });
  }
  const parts = writeFormat(text);
  // A timestamp of which more than one part is asked gets a name, by a lambda.
  const [only, ...others] = parts;
  if (typeof only === 'object' && others.length === 0) {
    around(place, 'strftime(time_of__(', `), ${quoteLiteral(only.format)})`);
  } else {
    const sql = parts.map((part) => (typeof part === 'object' ? `strftime(t, ${quoteLiteral(part.format)})` : part));
    around(place, 'list_transform([time_of__(', `)], lambda t: ${sql.join(' || ')})[1]`);
  }
  edits.replace(structure.end(value[1] - 1), structure.start(call.close), '');
};

/** The functions that read a timestamp by formats, with what is done to the result. */
export function reading(before: string, after: string): Rule {
  return (place) => {
    const { call, structure, edits } = place;
    const [value] = call.arguments;
    if (!value || call.arguments.length < 2) return;
    const formats = call.arguments.slice(1).flatMap((_, index) => {
      const text = literal(place, index + 1);
      if (text !== undefined) return readFormats(text).map(quoteLiteral);
      throw failure('document.unsupported', 'DuckDB takes a date format only as text that stands in the query.');
    });
    around(place, `${before}strptime(`, `, [${formats.join(', ')}])${after}`);
    edits.replace(structure.end(value[1] - 1), structure.start(call.close), '');
  };
}
