// What DuckDB says of a file that it cannot read, in words about the file.
import { SluiceError, type Issue } from '../errors.ts';
import type { OpenFile } from '../platform.ts';
import { isComplaint } from '../sql/damage.ts';
import { csvComplaint } from './csv/complaint.ts';
import { parquetComplaint } from './parquet/damage.ts';

type Named = Pick<OpenFile, 'engineName' | 'location'>;

/** What DuckDB says, which `issue.message` may tell in part only. */
export function wordsOf({ issue }: SluiceError): string {
  return issue.cause ?? issue.message;
}

/** The file that an error speaks of by the name that DuckDB knows: the longest, for one may begin another. */
export function fileNamedIn<File extends Named>(
  { message, issue }: SluiceError,
  files: Iterable<File>,
): File | undefined {
  const text = `${message}\n${issue.cause ?? ''}`;
  let found: File | undefined;
  for (const file of files) {
    const longer = !found || file.engineName.length > found.engineName.length;
    if (longer && text.includes(file.engineName)) found = file;
  }
  return found;
}

/** The error of a statement of ours that does nothing but read these files, naming them as the user does. */
export function explainFile(thrown: unknown, files: readonly Named[]): unknown {
  if (!(thrown instanceof SluiceError)) return thrown;
  const [first, ...others] = files;
  const file = fileNamedIn(thrown, files) ?? (others.length === 0 ? first : undefined);
  if (file) return aboutFile(thrown, file);
  if (!first || thrown.code !== 'file.corrupt') return thrown;
  return damaged(thrown, `${first.location} or one of ${others.length} more files`);
}

/** The error as one about the file whose name DuckDB used in it. A statement of ours is not told. */
export function aboutFile(error: SluiceError, { engineName, location }: Named): SluiceError {
  const named = (text: string): string => withoutAdvice(text).replaceAll(engineName, location);
  const words = wordsOf(error);
  const parquet = parquetComplaint(named(words), location);
  if (parquet) return parquet;
  const csv = csvComplaint(words, location);
  if (!csv && (error.code === 'file.corrupt' || isComplaint(words))) return damaged(error, location, named);
  const { code, severity, hint, message, cause } = error.issue;
  const told: Issue = {
    code: code.startsWith('sql.') ? 'file.corrupt' : code, // JSON is read while DuckDB binds
    severity,
    message: named(message),
    ...(hint === undefined ? {} : { hint }),
    ...csv,
    ...(cause === undefined ? {} : { cause: named(cause) }),
  };
  return new SluiceError(told, { cause: error.cause });
}

/** The error about what is read, of which no more is known; `subject` is such as a file. */
export function damaged(error: SluiceError, subject: string, named = withoutAdvice): SluiceError {
  const { severity } = error.issue;
  const message = `${subject} cannot be read: its content is cut off, damaged, or of another format.`;
  const hint = 'Get it again from where it came from, or check the format that is declared.';
  return new SluiceError(
    { code: 'file.corrupt', severity, message, hint, cause: named(wordsOf(error)) },
    { cause: error.cause },
  );
}

/** Without the options of DuckDB's readers, which a document does not have, the advice to change them, and long lines. */
function withoutAdvice(text: string): string {
  return text
    .replace(/\n+(?:Possible (?:fixes|solutions?)|To correctly parse this file|  file = )[\s\S]*$/i, '')
    .replace(/\n+LINE \d+:[\s\S]*$/, '')
    .replace(/(?<=\nOriginal Line: [\s\S]{120})[\s\S]{400,}(?=\n)/, '…');
}
