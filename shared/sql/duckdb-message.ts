// What DuckDB says of a failure, taken apart. It runs with errors_as_json=true and gives an object with exception_type,
// exception_message and often position, name, candidates: bare, behind `Parser Error: `, or (DuckDB-WASM's
// `startPendingQuery`, for what fails while it is parsed) as the message of another such object. Measured on v1.5.6.

export interface DuckDBFailure {
  /** `ExceptionTypeToString` in DuckDB: `Parser`, `Out of Memory`, … */
  readonly type: string;
  /** Its own words, without JSON, stack traces and advice that nobody can follow here. */
  readonly message: string;
  readonly position?: number;
  readonly name?: string;
  readonly kind?: string;
  readonly candidates?: string;
}

type Fields = Readonly<Record<string, string | undefined>>;

/** Takes a message apart; plain text is understood as well. */
export function readDuckDBMessage(message: string): DuckDBFailure {
  let fields = fieldsOf(message);
  if (!fields) {
    const plain = /^([A-Za-z][A-Za-z ]*?) Error: (.*)$/s.exec(message);
    return { type: plain?.[1] ?? '', message: ownWords(plain?.[2] ?? message) };
  }
  // Of another type it is what a query has raised by `error('…')`, which may say anything.
  for (
    let inner = fieldsOf(wordsOf(fields));
    inner && typeOf(inner) === typeOf(fields);
    inner = fieldsOf(wordsOf(fields))
  ) {
    fields = { ...fields, ...inner };
  }
  return {
    type: typeOf(fields),
    message: ownWords(wordsOf(fields)),
    ...(fields['position'] === undefined ? {} : { position: Number(fields['position']) }),
    ...(fields['name'] === undefined ? {} : { name: fields['name'] }),
    ...(fields['type'] === undefined ? {} : { kind: fields['type'] }),
    ...(fields['candidates'] === undefined ? {} : { candidates: fields['candidates'] }),
  };
}

function fieldsOf(message: string): Fields | undefined {
  const json = /^(?:Failed to extract statements: )?(?:[\w ]+ Error: )?(\{"exception_type".*\})\s*$/s.exec(
    message,
  )?.[1];
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as Fields;
  } catch {
    return undefined; // a query may raise any text, such as one that only begins like this object
  }
}

const typeOf = (fields: Fields): string => fields['exception_type'] ?? '';
const wordsOf = (fields: Fields): string => fields['exception_message'] ?? '';

/** Settings are locked, and extensions cannot be loaded: paragraphs that advise it help nobody. */
const advice = [
  /\s*\bUse "SET [^"]*" [^.\n]*\./g,
  /\n+Please try installing and loading [^]*$/,
  /\n+Possible solutions:\n[^]*$/,
  /\n+This error signals an assertion failure within DuckDB[^]*$/,
  /\n+Stack Trace:[^]*$/i,
  /\n+(?:See also|For more information, see) https?:[^]*$/,
  /\n[^\n]*\bSET [a-z_]+ *(?:=|TO\b)[^\n]*/g,
];

/** Characters that are kept of a message: a query may raise one of any length, and it is kept wherever events are. */
const longest = 8_000;

/** What is wrong stands at the end of some messages, behind the line of a file. */
function withoutMiddle(message: string): string {
  return `${message.slice(0, longest / 2)}… (${message.length} characters) …${message.slice(-longest / 2)}`;
}

function ownWords(given: string): string {
  const message = given.length > longest ? withoutMiddle(given) : given;
  const original =
    /^(?:Failed: )?database has been invalidated because of a previous fatal error[^]*?Original error: "([^]*)"\s*$/;
  let words = original.exec(message)?.[1] ?? message;
  for (const pattern of advice) words = words.replace(pattern, '');
  return words.trim() === '' ? message : words;
}
