// Several Parquet files as one relation: its columns are those of all files, matched by name without regard to case, in
// types that hold all their values. The same for DuckDB's own reader and for the platform's codec.
import { failure } from '../../errors.ts';
import type { Column } from '../../platform.ts';
import { foldName } from '../../sql/names.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { parseType, printType, type DuckDBType, type Member } from '../../sql/types.ts';
import { exactSelect } from '../exact-cast.ts';
import { commonType, joinMembers, nothing } from '../unify.ts';
import type { WantedColumn } from '../view.ts';
import { withinRange } from './range.ts';

/** What a file has: its columns, and in which types they are scanned. */
export interface FileColumns {
  readonly location: string;
  readonly columns: readonly Column[];
  readonly stored: readonly Column[];
  /** The columns whose statistics tell that all their values are within the range of their types. */
  readonly bounded: ReadonlySet<string>;
}

/** The columns of all files. Fails with type.unsupported, naming column and files, where there is no common type. */
export function commonColumns(files: readonly FileColumns[]): Column[] {
  const members = distinct(files).map(({ columns }) => columns.map(memberOf));
  const joined = joinMembers(members);
  if ('without' in joined) throw noCommonType(joined.without, files);
  return joined.fields.map(({ name, type }) => ({ name, type: printType(withoutNothing(type)) }));
}

/** A SELECT of the wanted columns over a FROM item that has a file's columns as they are stored; `more` items follow. */
export function unionPart(
  relation: string,
  wanted: readonly WantedColumn[],
  { columns, stored, bounded }: Pick<FileColumns, 'columns' | 'stored' | 'bounded'>,
  expression: string,
  more: readonly string[],
): string {
  const items = wanted.map((column) => {
    const own = columnOf(columns, column.name);
    if (!own || own.type === nothing) return { ...column, from: column.type, item: `CAST(NULL AS ${column.type})` };
    const identifier = quoteIdentifier(own.name);
    const type = columnOf(stored, own.name)?.type ?? own.type;
    const subject = { relation, column: column.name, type: own.type };
    const lossy = column.lossy === true;
    const read = bounded.has(own.name) ? identifier : withinRange(identifier, parseType(type), subject, lossy);
    return { ...column, from: own.type, item: type === own.type ? read : `CAST(${read} AS ${own.type})` };
  });
  return exactSelect(relation, items, expression, more);
}

/** The columns that are bounded in every file that has them. */
export function boundedEverywhere(files: readonly Pick<FileColumns, 'columns' | 'bounded'>[]): ReadonlySet<string> {
  const bounded = new Set(files.flatMap((file) => [...file.bounded]));
  const lists = new Map(files.map(({ columns, bounded }) => [bounded, columns]));
  for (const [own, columns] of lists) {
    for (const { name } of columns) if (!own.has(name)) bounded.delete(name);
  }
  return bounded;
}

/** Neighbours among files whose columns are the same, in whatever order. */
export function alike<File extends FileColumns>(files: readonly File[]): File[][] {
  const groups: { readonly signature: string; readonly files: File[] }[] = [];
  for (const file of files) {
    const signature = signatureOf(file);
    const last = groups.at(-1);
    if (last?.signature === signature) last.files.push(file);
    else groups.push({ signature, files: [file] });
  }
  return groups.map((group) => group.files);
}

/** A file's column of that name, in whatever case. */
export function columnOf(columns: readonly Column[], name: string): Column | undefined {
  return (
    columns.find((column) => column.name === name) ?? columns.find((column) => foldName(column.name) === foldName(name))
  );
}

function distinct(files: readonly FileColumns[]): FileColumns[] {
  return [...new Map([...files].reverse().map((file) => [signatureOf(file), file])).values()].reverse();
}

function signatureOf({ columns, stored }: FileColumns): string {
  const list = columns.map(({ name, type }) => JSON.stringify([name, type, columnOf(stored, name)?.type]));
  return list.sort().join();
}

function memberOf({ name, type }: Column): Member {
  return { name, type: parseType(type) };
}

/** DuckDB takes NULL for an INTEGER where nothing says more. */
function withoutNothing(type: DuckDBType): DuckDBType {
  switch (type.kind) {
    case 'scalar':
      return type.name === nothing ? { kind: 'scalar', name: 'INTEGER' } : type;
    case 'list':
    case 'array':
      return { ...type, element: withoutNothing(type.element) };
    case 'struct':
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: withoutNothing(field.type) })) };
    case 'map':
      return { ...type, key: withoutNothing(type.key), value: withoutNothing(type.value) };
    default:
      return type;
  }
}

function noCommonType(name: string, files: readonly FileColumns[]): Error {
  const having = files.flatMap(({ location, columns }) => {
    const own = columnOf(columns, name);
    return own ? [{ location, type: own.type }] : [];
  });
  const [first] = having;
  const other =
    having.find(({ type }) => first && !commonType([parseType(first.type), parseType(type)])) ?? having.at(-1);
  const types = [first, other].map((each) => each && `${each.type} in ${each.location}`).join(' and ');
  return failure('type.unsupported', `Column ${name} is ${types}: no type holds the values of both.`, {
    hint: 'Declare the column with `schema`, or read the files by sources of their own.',
  });
}
