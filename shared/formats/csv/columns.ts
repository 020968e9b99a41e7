// The names of a CSV file's columns: from its header, by number where there is none, or as a schema declares them.
import { failure } from '../../errors.ts';
import type { OpenFile } from '../../platform.ts';
import type { WantedColumn } from '../view.ts';
import type { FirstRecord } from './header.ts';
import type { HeaderNotices } from './header-notices.ts';
import { distinctNames, foldName } from '../../sql/names.ts';

/** A file and the names of its columns, in its own order. */
export interface NamedFile {
  readonly file: OpenFile;
  readonly names: readonly string[];
  /** What ends its first line; undefined where nothing does. */
  readonly newline: string | undefined;
  /** Whether it may have rows. */
  readonly hasRows: boolean;
  readonly compressed: boolean;
  /** Whether it is known that no quote is open at its end. */
  readonly closed: boolean;
}

/**
 * How many files one call of DuckDB's reader may always have. Of more than two for each of its threads v1.5.6 reads one
 * after the other, and then says nothing of a quote that is open at the end of one: the rows behind it are lost.
 */
export const mostUnknown = 2;

/** Neighbours that one call of DuckDB's reader takes: they have the same columns in the same order and line ends. */
export function alike(opened: readonly NamedFile[]): NamedFile[][] {
  const groups: NamedFile[][] = [];
  for (const each of opened) {
    const last = groups.at(-1);
    const isAlike = last?.[0] && kindOf(last[0]) === kindOf(each);
    if (isAlike && (last.length < mostUnknown || [...last.slice(0, mostUnknown), each].every(({ closed }) => closed))) {
      last.push(each);
    } else groups.push([each]);
  }
  return groups;
}

/** The same for files that are alike. */
export function kindOf({ names, compressed, newline = '\n' }: NamedFile): string {
  return JSON.stringify([compressed, newline, ...names]);
}

/** Names as DuckDB would make them unique; without a header they are numbered as in Aqueducts. */
export function namesOf(
  { location }: OpenFile,
  { values }: FirstRecord,
  header: boolean,
  notices: HeaderNotices,
): string[] {
  if (!header) return values.map((_, index) => `column_${index + 1}`);
  requireNames(location, values);
  const [names, renamed] = unique(values);
  if (renamed.length > 0) {
    notices.add(location, {
      ...{ code: 'file.renamed_columns', severity: 'info', hint: 'Give every column a name of its own.' },
      message: (files) => `The header of ${files} has names that are empty or not unique: ${renamed.join(', ')}.`,
    });
  }
  return names;
}

/**
 * The names of a file's columns where a schema declares some: those of the header, of which the schema picks; the
 * declared ones in their order where there is no header, or, told, where the header has none of them and as many.
 */
export function declaredIn(
  file: OpenFile,
  record: FirstRecord,
  declared: readonly WantedColumn[],
  header: boolean,
  notices: HeaderNotices,
): string[] {
  const { location } = file;
  const wanted = declared.map(({ name }) => name);
  const count = record.values.length;
  if (!header) {
    if (count === wanted.length) return wanted;
    throw failure('file.corrupt', `Line 1 of ${location} has ${values(count)} where ${wanted.length} belong.`, {
      hint: 'Declare all columns of the file in `schema`, in its order, or check the delimiter.',
    });
  }
  requireNames(location, record.values);
  const [names] = unique(record.values);
  const found = new Set(names.map((name) => foldName(name)));
  const missing = wanted.filter((name) => !found.has(foldName(name)));
  if (missing.length === 0) {
    const left = names.filter((name) => !wanted.some((each) => foldName(each) === foldName(name)));
    if (left.length > 0) {
      const [are, them] = left.length === 1 ? ['is', 'it'] : ['are', 'them'];
      notices.add(location, {
        ...{ code: 'file.undeclared_columns', severity: 'info', hint: 'Declare every column that is to be read.' },
        message: (files) => `${left.join(', ')} of ${files} ${are} left out: \`schema\` does not declare ${them}.`,
      });
    }
    return names;
  }
  if (missing.length === wanted.length && count === wanted.length) {
    notices.add(location, {
      ...{ code: 'file.renamed_columns', severity: 'warning' },
      message: (files) =>
        `The header of ${files} has ${names.join(', ')}, none of which is declared: its columns are read in their order as ${wanted.join(', ')}.`,
      hint: 'Use the names of the header, or declare `has_header: false`.',
    });
    return wanted;
  }
  throw failure('file.corrupt', `${location} has no column ${missing[0]}, which \`schema\` declares.`, {
    hint: `Its header has ${names.join(', ')}.`,
  });
}

function requireNames(location: string, names: readonly string[]): void {
  if (names.some((name) => name.includes('\0'))) {
    throw failure('file.corrupt', `Line 1 of ${location} has a NUL character in the name of a column.`, {
      hint: 'It looks like text in UTF-16: save it as UTF-8.',
    });
  }
  if (names.some((name) => name.trim() !== '')) return;
  throw failure('file.corrupt', `Line 1 of ${location} is empty where the names of the columns belong.`, {
    hint: 'Remove the line, or declare `has_header: false`.',
  });
}

/** The names, none empty and none twice, and what was changed for it. */
function unique(values: readonly string[]): [names: string[], renamed: string[]] {
  const names = distinctNames(values.map((value, index) => (value === '' ? `column_${index + 1}` : value)));
  const renamed = names.flatMap((name, index) =>
    name === values[index] ? [] : [`column ${index + 1} is called ${name}`],
  );
  return [names, renamed];
}

function values(count: number): string {
  return count === 1 ? '1 value' : `${count} values`;
}
