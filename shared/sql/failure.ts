// What DuckDB says when something fails → SluiceError.
import { cancelled, cutText, failure, messageOf, SluiceError, type IssueCode, type IssueDetails } from '../errors.ts';
import { closest } from './closest.ts';
import { isDamage } from './damage.ts';
import { readDuckDBMessage, type DuckDBFailure } from './duckdb-message.ts';
import { relayOnlyFunctions } from './functions.generated.ts';
import { keywords } from './keywords.ts';
import { withoutMarks } from './mark.ts';
import { misfitFailure, readMisfit } from './misfit.ts';
import { outOfRange } from './out-of-range.ts';
import { offsetOfByte, offsetOfCodePoint } from './positions.ts';
import { quoteIdentifier } from './quote.ts';
import type { WrappedQuery } from './statement.ts';
import { isWord, tokensOf, type Token } from './tokens.ts';

const codes: Readonly<Record<string, IssueCode>> = {
  Parser: 'sql.syntax',
  Syntax: 'sql.syntax',
  Binder: 'sql.binding',
  Catalog: 'sql.binding',
  'Out of Memory': 'engine.out_of_memory',
  IO: 'file.failed',
  HTTP: 'file.failed',
  Network: 'file.failed',
  Permission: 'file.forbidden',
  'Extension Autoloading': 'document.unsupported',
  'Missing Extension': 'document.unsupported',
  FATAL: 'engine.died',
  INTERNAL: 'engine.died',
};

/** UTF-16 units of a message that are looked at: a query may raise a text of any length. */
const mostTold = 65_536;

/** The error for a message of DuckDB, with its place in `wrapped.query` where DuckDB names one that can be right. */
export function fromDuckDB(message: string, wrapped: WrappedQuery): SluiceError {
  const full = readDuckDBMessage(withoutMarks(message));
  if (full.type === 'INTERRUPT') return cancelled();
  const misfit = readMisfit(cutText(full.message, mostTold));
  if (misfit) return misfitFailure(misfit);
  const told = { ...full, message: ownNames(cutText(full.message, mostTold), full) };
  const lacking = lackingFunction(told);
  if (lacking !== undefined) return lackingFailure(lacking, told, wrapped);
  const extension = /required extension '([^']+)'|exists in the (\S+) extension/.exec(told.message);
  const code = extension ? extensionCode(extension) : (refine(told) ?? codes[told.type] ?? 'sql.failed');
  const early = code === 'sql.syntax' ? endedEarly(told, wrapped) : undefined;
  if (early !== undefined) {
    return failure(code, 'The query ends too early.', { query: { sql: wrapped.query, offset: early } });
  }
  const beyond = outOfRange(told.message);
  const text = extension?.[1]
    ? `This needs DuckDB's ${extension[1]} extension.`
    : (beyond?.message ?? inWords(told.message));
  const offset = code === 'sql.syntax' ? syntaxOffset(told, wrapped) : laterOffset(told, wrapped);
  const hint = extension
    ? extensionHint(extension[1] ?? extension[2] ?? '')
    : (beyond?.hint ?? hintFor(code, told) ?? hintAt(offset, wrapped, code));
  const details: IssueDetails = {
    ...(hint === undefined ? {} : { hint }),
    ...(offset === undefined ? {} : { query: { sql: wrapped.query, offset } }),
    ...(text === told.message ? {} : { cause: told.message }),
  };
  return failure(code, text, details);
}

/** The function that is missing, where a relay has it. */
function lackingFunction({ type, message, name }: DuckDBFailure): string | undefined {
  if (type !== 'Catalog' || !/^(Scalar|Table|Macro|Aggregate|Pragma|Table Macro) Function with name/.test(message))
    return undefined;
  const told = (name ?? /with name "?([^" ]+)/.exec(message)?.[1])?.toLowerCase();
  return told !== undefined && relayOnlyFunctions.has(told) ? told : undefined;
}

function lackingFailure(name: string, told: DuckDBFailure, wrapped: WrappedQuery): SluiceError {
  const offset = laterOffset(told, wrapped);
  return failure('place.unsupported', `The browser's DuckDB has no function ${name}.`, {
    hint: `${name} needs a relay: run it there.`,
    ...(offset === undefined ? {} : { query: { sql: wrapped.query, offset } }),
    cause: told.message,
  });
}

/** Extensions that are part of a relay's DuckDB. */
const linkedExtensions: ReadonlySet<string | undefined> = new Set(['json', 'icu', 'parquet', 'autocomplete']);

function extensionCode([, required, known]: RegExpExecArray): IssueCode {
  return linkedExtensions.has(required ?? known) ? 'place.unsupported' : 'document.unsupported';
}

const traps =
  /^(unreachable|memory access out of bounds|table index is out of bounds|(null function or )?function signature mismatch|indirect call to null|Maximum call stack size exceeded|Aborted\()/;

/** Whether the engine cannot go on after this: a trap in WebAssembly, or a failure after which DuckDB refuses work. */
export function isFatal(thrown: unknown): boolean {
  if (thrown instanceof SluiceError) return thrown.code === 'engine.died';
  if (thrown instanceof Error && thrown.name === 'RuntimeError') return true;
  const message = messageOf(thrown);
  const { type } = readDuckDBMessage(message);
  return type === 'INTERNAL' || type === 'FATAL' || traps.test(message);
}

/** Codes that only DuckDB's sentence tells apart. */
function refine({ type, message }: DuckDBFailure): IssueCode | undefined {
  if (type === 'IO' && message.startsWith('No files found that match')) return 'file.not_found';
  if (type === 'IO' && message.includes('No space left on device')) return 'storage.full';
  return isDamage({ type, message }) ? 'file.corrupt' : undefined;
}

/** The message without the schema in which we keep relations, and without the guesses that the hint tells if they are near. */
function ownNames(message: string, { type }: DuckDBFailure): string {
  const named = message.replaceAll('memory.planned.', '');
  return type === 'Catalog' ? named.replace(/\nDid you mean [^\n]*$/, '') : named;
}

/** What DuckDB says, in the words of the field where it speaks of its own parts. */
function inWords(message: string): string {
  if (message.startsWith('zero-length delimited identifier')) return 'A name in quotes has no character in it.';
  const memory =
    /^(?:failed to|could not) (?:allocate|pin|resize) [^(]*of size ([\d.]+ \w+) \(([\d.]+ \w+)\/([\d.]+ \w+) used\)/.exec(
      message,
    );
  if (!memory) return headline(message);
  const [, needed, used, most] = memory;
  return `The memory limit of ${most} is reached: ${used} are in use, and ${needed} more are needed.`;
}

/** The first line; of a complaint about a CSV line also what is wrong there. */
function headline(message: string): string {
  const [first = '', ...rest] = message.split('\n');
  const line = /^CSV Error on Line: (\d+)/.exec(first)?.[1];
  const reason = rest.find((text) => text !== '' && !text.startsWith('Original Line'));
  return line && reason ? `Line ${line} of the CSV file: ${reason}` : first.trim();
}

function syntaxOffset({ position }: DuckDBFailure, { sql, query, prefix }: WrappedQuery): number | undefined {
  if (position === undefined) return undefined;
  return Math.min(Math.max(offsetOfCodePoint(sql, position) - prefix, 0), query.length);
}

/** The offset of the last token, where DuckDB's parser went on to what we put behind the query, and stumbled there. */
function endedEarly({ position, message }: DuckDBFailure, { sql, query, prefix }: WrappedQuery): number | undefined {
  if (position === undefined || !message.startsWith('syntax error at ')) return undefined;
  const meaning = tokensOf(query).filter(({ text }) => text !== ';');
  const last = meaning.at(-1);
  const end = last ? prefix + last.offset + last.text.length : prefix;
  return last && offsetOfCodePoint(sql, position) >= end ? last.offset : undefined;
}

/** What to do about the word that DuckDB's parser stumbled over. */
function hintAt(offset: number | undefined, { query }: WrappedQuery, code: IssueCode): string | undefined {
  if (code !== 'sql.syntax' || offset === undefined) return undefined;
  const all = tokensOf(query);
  const index = all.findIndex((token) => token.offset === offset);
  const name = nameAt(all, index) ?? (isWord(all[index - 1], 'ORDER', 'GROUP') ? nameAt(all, index - 1) : undefined);
  if (!name) return undefined;
  return `${name.value} is a reserved word. If it is meant as a name, put it in quotes: ${quoteIdentifier(name.value)}.`;
}

const beforeNames = ['FROM', 'JOIN', 'AS', 'SELECT', 'BY', 'WITH', 'WHERE', 'ON', 'HAVING', 'AND', 'OR'] as const;
const neverNames = ['FROM', 'WHERE', 'JOIN', 'ON', 'HAVING', 'AND', 'OR'] as const;

/** A reserved word that stands where a name belongs. DuckDB's parser stumbles over it, or behind ORDER and GROUP over what follows. */
function nameAt(all: readonly Token[], index: number): Token | undefined {
  const [before, token] = [all[index - 1], all[index]];
  if (token?.kind !== 'identifier' || !keywords.has(token.value.toLowerCase()) || isWord(token, ...neverNames)) {
    return undefined;
  }
  return isWord(before, ...beforeNames) || before?.text === ',' || before?.text === '.' ? token : undefined;
}

/**
 * Where binding or running failed. DuckDB also gives positions in the text that once made a view which the query reads,
 * and does not say so: a position counts only when what stands there fits what is said.
 */
function laterOffset(told: DuckDBFailure, { sql, query, prefix }: WrappedQuery): number | undefined {
  if (told.position === undefined) return undefined;
  const offset = offsetOfByte(sql, told.position) - prefix;
  const all = tokensOf(query);
  const index = all.findIndex((token) => token.offset === offset);
  const token = all[index];
  if (!token) return undefined;
  const chain = all.slice(index, index + 5).map(({ value }) => value.toLowerCase());
  if (told.name !== undefined && !/^\W/.test(told.name)) {
    const names = told.name.toLowerCase().split('.');
    return chain.some((value) => names.includes(value)) || chain.includes(told.name.toLowerCase()) ? offset : undefined;
  }
  if (told.type !== 'Conversion') return offset;
  const source = /casting from source column (.+)$/m.exec(told.message)?.[1]?.toLowerCase();
  const casts = token.kind === 'string' || token.text === '::' || isWord(token, 'CAST', 'TRY_CAST');
  return casts || (source !== undefined && chain.includes(source)) ? offset : undefined;
}

/** Names parted by commas. DuckDB does not tell a comma in a name apart, but a blank behind it does, mostly. */
function candidatesOf(list: string): string[] {
  return list.split(/,(?! \S(?:[^,]*[^, ])?(?:,|$))/);
}

function extensionHint(name: string): string {
  return `It needs a relay whose DuckDB has the ${name} extension.`;
}

const internalTable = /^(pg_|duckdb_|sqlite_|pragma_)/;

/** The schemas in which we keep relations; a query has no need to name them. */
const schemas = /^(?:memory\.)?(?:planned|main)\./;

function hintFor(code: IssueCode, told: DuckDBFailure): string | undefined {
  if (code === 'engine.out_of_memory') {
    return 'Filter or aggregate earlier so that less is held at once, or raise the memory limit of the place that runs it.';
  }
  if (told.message.includes('file system operations are disabled')) {
    return 'A query reads no files: make the file a source, and read that.';
  }
  if (/(Unimplemented type for cast|No function matches).*TIMESTAMP WITH TIME ZONE/.test(told.message)) {
    return 'Cast it to TIMESTAMP first: what depends on a time zone needs a relay.';
  }
  if (/^No function matches the given name and argument types '(?:read|parquet|sniff)_/.test(told.message)) {
    return 'A query reads no files: make the file a source, and read that.';
  }
  const functions = [...told.message.matchAll(/^\t(\S.*)$/gm)].slice(1).map((line) => line[1]);
  if (functions.length > 0) return `It takes: ${functions.slice(0, 5).join('; ')}${functions.length > 5 ? '; …' : ''}.`;
  if (told.message.startsWith('Max expression depth limit')) {
    return 'Make it shorter, or compute parts of it in a CTE or in a stage before this one.';
  }
  const listed = /^Candidate (?:tables|bindings|Entries): "(.+)"$/m.exec(told.message)?.[1];
  const names = told.candidates === undefined ? (listed?.split('", "') ?? []) : candidatesOf(told.candidates);
  const tables = names.filter((name) => !internalTable.test(name)).map((name) => name.replace(schemas, ''));
  const known = told.kind === 'Table' || told.kind === 'Type' ? tables : nearOf(told, names);
  return known.length === 0 ? undefined : `Did you mean ${known.map((name) => `"${name}"`).join(' or ')}?`;
}

/** Of functions DuckDB tells the nearest of thousands, however far it is. */
function nearOf({ kind, name }: DuckDBFailure, candidates: readonly string[]): readonly string[] {
  if (name === undefined || !kind?.endsWith('Function')) return candidates;
  return candidates.filter((candidate) => closest(name, [candidate.toLowerCase()]) !== undefined);
}

/** What made the engine stop, in one line of words. */
export function reasonOfDeath(thrown: unknown): string {
  return headline(readDuckDBMessage(withoutMarks(messageOf(thrown))).message);
}
