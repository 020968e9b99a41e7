// Suggestions for the document's own fields and values, from its JSON Schema.
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import type { JsonSchema } from '../../../../shared/pipeline/json-schema.ts';
import { SchemaBook, type Field } from '../schema/navigate.ts';
import { choicesOf, defaultOf, isList, isMap, typeWords, type Choice } from '../schema/words.ts';
import { nodeAt, placeAt, type CursorPlace } from '../sketch/cursor.ts';
import { textOf } from '../sketch/tree.ts';
import { columnChoices } from './columns.ts';
import { headerSuggestions } from './headers.ts';
import { keyText, valueText, type Shape, type Spot } from './spelling.ts';
import { edit, type Edit, type Suggestion, type Suggestions } from './suggestion.ts';
import type { KnownRelation } from '../knowledge.ts';

export interface Request {
  readonly text: string;
  readonly cursor: number;
  readonly syntax: Syntax;
  readonly schema: JsonSchema;
  readonly relations: readonly KnownRelation[];
}

/** What can stand at the cursor; undefined where nothing can be told. */
export function suggestInDocument(request: Request): Suggestions | undefined {
  const place = placeAt(request.text, request.cursor, request.syntax);
  if (!place || place.quote === 'block') return undefined;
  const book = new SchemaBook(request.schema);
  if (place.role === 'header') return headerSuggestions(book, place, request);
  const schemas = book.at(place.path, place.sketch);
  const spot = spotOf(place, request);
  const suggestions =
    place.role === 'key'
      ? fieldsAt(book, book.fields(schemas), place, spot)
      : valuesAt(book, schemas, spot, request.relations);
  return suggestions.length === 0 ? undefined : { from: place.from, suggestions };
}

function valuesAt(
  book: SchemaBook,
  schemas: readonly JsonSchema[],
  spot: Spot,
  relations: readonly KnownRelation[],
): readonly Suggestion[] {
  const { place } = spot;
  const choices = [...choicesOf(schemas), ...columnChoices(place, relations)];
  const values = choices.map((choice) => valueSuggestion(choice, schemas, spot));
  if (spot.syntax !== 'yaml' || spot.flow || place.quote !== '') return values;
  const { fields, text, column } = mapsWithin(book, schemas, spot);
  return [...values, ...fieldsAt(book, fields, { ...place, map: undefined }, { ...spot, column }, text)];
}

/** In YAML a word may become the first field of a map, behind the dashes and line breaks that it needs. */
function mapsWithin(book: SchemaBook, schemas: readonly JsonSchema[], spot: Spot): Lead {
  let [inner, dashes] = [schemas, ''];
  const parent = nodeAt(spot.place.sketch, spot.place.path.slice(0, -1));
  const isFlat = parent?.kind === 'list' && parent.items.some((item) => item?.kind === 'map');
  while (inner.some(isList) && !(isFlat && inner.some(isMap)) && dashes.length < 8) {
    inner = book.items(inner);
    dashes += '- ';
  }
  const fields = inner.some(isMap) ? book.fields(inner) : [];
  if (spot.afterKey) {
    const below = `${' '.repeat(spot.indent + 2)}${dashes}`;
    return { fields, text: `\n${below}`, column: below.length };
  }
  const text = `${spot.tight ? ' ' : ''}${spot.inList && !spot.afterDash ? '- ' : ''}${dashes}`;
  return { fields, text, column: spot.column + text.length };
}

/** What stands before the fields of a map that is begun, and the column where they then stand. */
interface Lead {
  readonly fields: readonly Field[];
  readonly text: string;
  readonly column: number;
}

function fieldsAt(
  book: SchemaBook,
  fields: readonly Field[],
  place: CursorPlace,
  spot: Spot,
  lead = '',
): readonly Suggestion[] {
  const own = spot.source.slice(place.from, place.to);
  const taken = new Set(place.map?.entries.map(({ key }) => textOf(place.sketch.text, key)));
  const free = fields.filter(({ name }) => name === own || !taken.has(name));
  return free.map(({ name, schemas, required, description }, index): Suggestion => {
    const standard = defaultOf(schemas);
    return {
      label: name,
      kind: 'property',
      detail: required ? `${typeWords(schemas)}, required` : typeWords(schemas),
      ...infoOf(description, standard === undefined ? undefined : `Default: ${standard}`),
      edit: around(lead + keyText(name, spot, place.separated ? undefined : shapeOf(book, schemas)), spot),
      again: !place.separated,
      boost: Math.max(-50, (required ? 40 : 20) - index),
    };
  });
}

function valueSuggestion(
  { value, description, isDefault }: Choice,
  schemas: readonly JsonSchema[],
  spot: Spot,
): Suggestion {
  return {
    label: String(value),
    kind: 'constant',
    ...(isDefault ? { detail: 'default' } : {}),
    ...infoOf(description ?? (schemas.length === 1 ? schemas[0]?.description : undefined)),
    edit: around(valueText(value, spot), spot),
  };
}

function infoOf(...parts: readonly (string | undefined)[]): Pick<Suggestion, 'info'> {
  const info = parts.filter((part) => part !== undefined).join('\n');
  return info === '' ? {} : { info };
}

/** What a field's value begins with. */
function shapeOf(book: SchemaBook, schemas: readonly JsonSchema[]): Shape {
  if (schemas.some(isMap)) return 'map';
  if (schemas.some(isList)) return book.items(schemas).some(isList) ? 'lists' : 'list';
  const isText = ({ type, const: tag, enum: values }: JsonSchema): boolean =>
    type === 'string' || typeof tag === 'string' || values?.every((value) => typeof value === 'string') === true;
  return schemas.length > 0 && schemas.every(isText) ? 'text' : 'other';
}

/** The edit of a text that stands for the whole word, quotes included. */
function around(text: string, { place: { quote, to }, cursor, source }: Spot): Edit {
  const word = /^[\w$.-]*/.exec(source.slice(cursor, Math.max(cursor, to)))?.[0].length ?? 0;
  const closed = quote !== '' && source.startsWith(quote, cursor + word);
  return edit(text, quote.length, word + (closed ? quote.length : 0));
}

function spotOf(place: CursorPlace, { text, cursor, syntax }: Request): Spot {
  const line = text.slice(text.lastIndexOf('\n', place.from - 1) + 1, place.from - place.quote.length);
  const parent = nodeAt(place.sketch, place.path.slice(0, -1));
  return {
    place,
    cursor,
    source: text,
    syntax,
    flow: syntax === 'json' || place.map?.style === 'flow' || (parent?.kind === 'list' && parent.style === 'flow'),
    afterKey: /[:=][ \t]*$/.test(line),
    tight: /[:=]$/.test(line) || /(?:^|[ \t])-$/.test(line),
    afterDash: /-[ \t]*$/.test(line),
    inList: typeof place.path.at(-1) === 'number',
    indent: place.map?.indent ?? 0,
    column: line.length,
  };
}
