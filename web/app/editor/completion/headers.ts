// The headers of TOML: tables and arrays of tables that the document may have.
import type { Path } from '../../../../shared/errors.ts';
import type { SchemaBook } from '../schema/navigate.ts';
import { isList, isMap, typeWords } from '../schema/words.ts';
import type { CursorPlace } from '../sketch/cursor.ts';
import type { Request } from './document.ts';
import { edit, type Suggestion, type Suggestions } from './suggestion.ts';

export function headerSuggestions(
  book: SchemaBook,
  place: CursorPlace,
  { text, cursor }: Request,
): Suggestions | undefined {
  const brackets = text.startsWith('[[', place.from) ? 2 : 1;
  const from = place.from + brackets;
  if (from > cursor) return undefined;
  const suggestions: Suggestion[] = [];
  const nowhere = { ...place.sketch, root: undefined };
  const add = (above: readonly string[], path: Path, depth: number): void => {
    for (const { name, schemas, description } of book.fields(book.at(path, nowhere))) {
      const isArray = schemas.some(isList) && book.items(schemas).some(isMap);
      if (!isArray && !schemas.some(isMap)) continue;
      const label = [...above, name].join('.');
      suggestions.push({
        label,
        kind: 'class',
        detail: typeWords(schemas),
        ...(description === undefined ? {} : { info: description }),
        edit: edit(isArray ? `[[${label}]]\n` : `[${label}]\n`, brackets, Math.max(0, place.to - cursor)),
        again: true,
        boost: -above.length,
      });
      if (depth > 0) add([...above, name], isArray ? [...path, name, 0] : [...path, name], depth - 1);
    }
  };
  add([], [], 1);
  return { from, suggestions };
}
