// What DuckDB says of a file that it cannot read, in words about the file.
import { SluiceError, type Issue, type IssueCode } from '../errors.ts';
import type { OpenFile } from '../platform.ts';

/** The error of a statement of ours that does nothing but read these files, naming them as the user does. */
export function explainFile(thrown: unknown, files: readonly Pick<OpenFile, 'engineName' | 'location'>[]): unknown {
  if (!(thrown instanceof SluiceError)) return thrown;
  const text = `${thrown.message}\n${thrown.issue.cause ?? ''}`;
  const [only, ...others] = files;
  const file = files.find(({ engineName }) => text.includes(engineName)) ?? (others.length === 0 ? only : undefined);
  return file ? aboutFile(thrown, file) : thrown;
}

/** The error as one about the file whose name DuckDB used in it. A statement of ours is not told. */
export function aboutFile(
  { issue, cause }: SluiceError,
  { engineName, location }: Pick<OpenFile, 'engineName' | 'location'>,
): SluiceError {
  const named = (text: string): string => withoutAdvice(text).replaceAll(engineName, location);
  const { severity, hint } = issue;
  return new SluiceError(
    {
      code: fileCode(issue),
      severity,
      message: named(issue.message),
      ...(hint === undefined ? {} : { hint }),
      ...csvComplaint(issue.cause ?? issue.message, location),
      ...(issue.cause === undefined ? {} : { cause: named(issue.cause) }),
    },
    { cause },
  );
}

/** Without the options of DuckDB's readers, which a document does not have, and the advice to change them. */
function withoutAdvice(text: string): string {
  return text.replace(/\n+(?:Possible (?:fixes|solutions)|  file = )[\s\S]*$/, '').replace(/\n+LINE \d+:[\s\S]*$/, '');
}

/** JSON is read while DuckDB binds, and a Parquet file can only be read with its keys. */
function fileCode({ code, message }: Pick<Issue, 'code' | 'message'>): IssueCode {
  if (message.includes(`is encrypted, but 'encryption_config' was not set`)) return 'document.unsupported';
  return code.startsWith('sql.') ? 'file.corrupt' : code;
}

/** DuckDB's complaints about a line of CSV advise options that a document does not have. */
function csvComplaint(text: string, location: string): { message: string; hint: string } | undefined {
  const line = /CSV Error on Line: (\d+)/.exec(text)?.[1];
  if (line === undefined) {
    if (!text.includes('CSV Parser state machine')) return undefined;
    const message = `${location} cannot be read as CSV: its line ends are mixed, or a quote is not closed.`;
    return { message, hint: 'Check the delimiter and the quote, or save the file with line ends of one kind.' };
  }
  const where = `Line ${line} of ${location}`;
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(text) ?? [];
  if (expected !== undefined && found !== undefined) {
    const message = `${where} has ${count(found)} where ${expected} belong${expected === '1' ? 's' : ''}.`;
    return { message, hint: 'Mend the line, or check the delimiter and the quote.' };
  }
  const [, column, value, type] =
    /converting column "(.*)"\. Could not convert string "([\s\S]*?)" to '(.+)'/.exec(text) ?? [];
  if (column !== undefined && value !== undefined && type !== undefined) {
    const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
    const message = `${where} has "${shown}" in column ${column}, which is ${type}.`;
    return { message, hint: 'Mend the value, or declare the column with `schema`.' };
  }
  const reasons = [
    [
      'Value with unterminated quote',
      'has a quoted value without an end',
      'Close the quote, or declare another `quote`.',
    ],
    ['not utf-8', 'is not UTF-8 text', 'Save the file as UTF-8.'],
    ['Maximum line size', 'is longer than a line may be', 'Check the quote, or allow more bytes with `max_line_size`.'],
  ] as const;
  const known = reasons.find(([mark]) => text.includes(mark));
  return known && { message: `${where} ${known[1]}.`, hint: known[2] };
}

function count(columns: string): string {
  return columns === '1' ? '1 value' : `${columns} values`;
}
