// Rules for calls that make or take apart values, with any number of arguments or with words between them.
import { failure } from '../../../../errors.ts';
import { quoteIdentifier } from '../../../quote.ts';
import { castMacro } from '../../macros/casts.ts';
import { arrowType } from '../types.ts';
import { around, dropArguments, literal, rename, type Rule } from './rule.ts';

/** `substring(s FROM a FOR b)` and `overlay(s PLACING r FROM a FOR b)` with commas. */
export function commas(name: string): Rule {
  return ({ call, structure, edits }) => {
    edits.replace(structure.start(call.nameIndex), structure.end(call.nameIndex), name);
    for (const index of structure.level(call.open + 1, call.close)) {
      if (structure.is(index, 'FROM', 'FOR', 'PLACING'))
        edits.replace(structure.start(index), structure.end(index), ',');
    }
  };
}

export const arrowCast: Rule = (place) => {
  const { call, structure, edits } = place;
  const name = literal(place, 1);
  const type = name === undefined ? undefined : arrowType(name);
  const value = call.arguments[0];
  if (type === undefined || !value) {
    const message = name === undefined ? 'arrow_cast needs its type as text.' : `DuckDB has no equal for ${name}.`;
    throw failure('document.unsupported', message, { hint: 'Cast to one of the SQL types.' });
  }
  const macro = castMacro(type, false);
  edits.replace(structure.start(call.nameIndex), structure.end(call.nameIndex), macro ?? 'CAST');
  edits.replace(structure.end(value[1] - 1), structure.start(call.close), macro === undefined ? ` AS ${type}` : '');
};

export const position: Rule = ({ call, structure, edits }) => {
  edits.wrap(structure.start(call.nameIndex), structure.end(call.close), 'CAST(', ' AS INTEGER)');
};

export const namedStruct: Rule = (place) => {
  const { call, structure, edits } = place;
  rename('struct_pack')(place);
  for (const [index, [start, end]] of call.arguments.entries()) {
    if (index % 2 === 1) continue;
    const field = literal(place, index);
    if (field === undefined || call.arguments.length % 2 === 1) {
      throw failure('document.unsupported', 'named_struct takes pairs of a name as text and a value.');
    }
    edits.replace(structure.start(start), structure.end(end), `${quoteIdentifier(field)} :=`); // takes the comma's place
  }
};

/** `struct(a, b AS c)` names its fields c0, c1, … where they have no name. */
export const struct: Rule = (place) => {
  const { call, structure, edits } = place;
  rename('struct_pack')(place);
  for (const [index, [start, end]] of call.arguments.entries()) {
    const named = structure.is(end - 2, 'AS') && structure.isName(end - 1);
    const name = named ? (structure.tokens[end - 1]?.value ?? '') : `c${index}`;
    edits.wrap(structure.start(start), structure.end(end - 1), `${quoteIdentifier(name)} := `, '');
    if (named) edits.replace(structure.end(end - 3), structure.end(end - 1), '');
  }
};

/** `make_map(k1, v1, k2, v2)` as `map_from_entries([(k1, v1), (k2, v2)])`. */
export const makeMap: Rule = (place) => {
  const { call, structure, edits } = place;
  around(place, 'map_from_entries([', '])');
  for (const [index, [start]] of call.arguments.entries()) {
    const value = call.arguments[index + 1];
    if (index % 2 === 0 && value) edits.wrap(structure.start(start), structure.end(value[1] - 1), '(', ')');
  }
};

/** `array_length(list, n)` with a number asks for the length of the nth level. */
export const arrayLength: Rule = (place) => {
  const { call, structure, edits } = place;
  const [list, dimension] = call.arguments;
  const n = Number(dimension && structure.text(dimension[0]));
  if (!list || !dimension || !Number.isInteger(n) || n < 1 || n > 6) return;
  dropArguments(place, 1);
  edits.wrap(structure.start(list[0]), structure.end(list[1] - 1), '', '[1]'.repeat(n - 1));
};

/** DuckDB's own is for maps. */
export const cardinality: Rule = (place) => {
  const { call, structure } = place;
  if (!/^map/i.test(structure.text(call.open + 1) ?? '')) rename('cardinality__')(place);
};

export const digest: Rule = (place) => {
  const method = literal(place, 1);
  if (method === undefined || /^(md5|sha256)$/i.test(method)) return;
  throw failure('document.unsupported', `DuckDB has no digest ${method}.`, { hint: 'It has md5 and sha256.' });
};
