// What is told about the thing under the pointer: a field, a value, or a name in SQL.
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import type { KnownRelation } from '../knowledge.ts';
import type { JsonSchema } from '../../../../shared/pipeline/json-schema.ts';
import { SchemaBook } from '../schema/navigate.ts';
import { choicesOf, defaultOf, exampleOf, typeWords } from '../schema/words.ts';
import { placeAt } from '../sketch/cursor.ts';
import type { SqlFunction } from '../sql/functions.ts';
import { sqlRegionAt, type SqlRegion } from '../sql/region.ts';
import { scopeAt } from '../sql/scope.ts';
import { sqlWords } from '../sql/words.ts';

export interface Explanation {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  /** The type of a field or column, the signature of a function. */
  readonly type?: string;
  readonly description?: string;
  /** Label and value, such as the default of a field. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly columns?: KnownRelation['columns'];
}

export interface ExplainRequest {
  readonly text: string;
  readonly position: number;
  readonly syntax: Syntax;
  readonly relations: readonly KnownRelation[];
  readonly schema: () => Promise<JsonSchema>;
  readonly functions: () => Promise<ReadonlyMap<string, SqlFunction>>;
}

/** Explains what stands at a position; undefined where nothing is known of it. */
export async function explain(request: ExplainRequest): Promise<Explanation | undefined> {
  const { text, position, syntax } = request;
  const word = wordAt(text, position);
  if (!word) return undefined;
  const region = sqlRegionAt(text, word.to, syntax);
  if (region) return explainSql(region, word.from, word.to, request.relations, await request.functions());
  const place = placeAt(text, position, syntax);
  if (!place || place.role === 'header' || place.quote === 'block') return undefined;
  const book = new SchemaBook(await request.schema());
  const { path, sketch, from, to } = place;
  const typed = text.slice(from, to);
  if (place.role === 'key') {
    const field = book.fields(book.at(path, sketch)).find(({ name }) => name === typed);
    return (
      field && { from, to, title: typed, ...told(field.description), ...aboutField(field.schemas, field.required) }
    );
  }
  const choice = choicesOf(book.at(path, sketch)).find(({ value }) => String(value) === typed);
  if (choice?.description === undefined) return undefined;
  return { from, to, title: typed, description: choice.description, facts: [] };
}

function aboutField(schemas: readonly JsonSchema[], required: boolean): Pick<Explanation, 'type' | 'facts'> {
  const facts: (readonly [string, string])[] = [];
  const [standard, example] = [defaultOf(schemas), exampleOf(schemas)];
  if (standard !== undefined) facts.push(['Default', standard]);
  if (example !== undefined) facts.push(['Example', example]);
  return { type: typeWords(schemas) + (required ? ', required' : ''), facts };
}

function explainSql(
  region: SqlRegion,
  from: number,
  to: number,
  relations: readonly KnownRelation[],
  functions: ReadonlyMap<string, SqlFunction>,
): Explanation | undefined {
  const scope = scopeAt(region.sql);
  if (!scope || scope.word === '') return undefined;
  const name = scope.word.toLowerCase();
  const same = (other: string): boolean => other.toLowerCase() === name;
  const columnsOf = (relation: string): KnownRelation | undefined =>
    relations.find((known) => known.name.toLowerCase() === relation.toLowerCase());
  const here = { from, to, title: scope.word, facts: [] };
  const alias = scope.relations.find((relation) => same(relation.alias));
  const called = scope.wantsRelation ? scope.word : scope.qualifier === undefined ? alias?.name : undefined;
  const relation = called === undefined ? undefined : columnsOf(called);
  if (relation) return { ...here, title: relation.name, type: 'relation', columns: relation.columns };
  const callee = functions.get(name);
  if (callee && /^\s*\(/.test(region.sql.slice(scope.offset + scope.word.length + 1))) {
    const facts = callee.example === undefined ? [] : [['Example', callee.example] as const];
    return { ...here, title: callee.name + callee.signature, ...told(callee.description), facts };
  }
  const read = region.isExpression ? region.visible : scope.relations.map((each) => each.name);
  const qualified = scope.relations.find((each) => each.alias.toLowerCase() === scope.qualifier?.toLowerCase());
  for (const holder of scope.qualifier === undefined ? read : [qualified?.name ?? scope.qualifier]) {
    const column = columnsOf(holder)?.columns.find((each) => same(each.name));
    if (column) return { ...here, title: column.name, type: column.type, description: `Column of ${holder}` };
  }
  const known = sqlWords.find(({ text, info }) => info !== undefined && same(text));
  return known && { ...here, title: known.text, ...told(known.info) };
}

function told(description: string | undefined): Pick<Explanation, 'description'> {
  return description === undefined ? {} : { description };
}

function wordAt(text: string, position: number): { readonly from: number; readonly to: number } | undefined {
  const before = /[\p{L}\p{N}_$-]*$/u.exec(text.slice(Math.max(0, position - 100), position))?.[0].length ?? 0;
  const after = /^[\p{L}\p{N}_$-]*/u.exec(text.slice(position, position + 100))?.[0].length ?? 0;
  return before + after === 0 ? undefined : { from: position - before, to: position + after };
}
