// What type the texts of a CSV column have. The forms are those that DataFusion recognises (arrow-csv's reader), so that
// ordinary files get the same types there; what DataFusion would change or refuse later stays text: numbers with
// leading zeros or of more than 64 bits, days that no calendar has.

/**
 * From narrow to wide within each of two families; `text` holds everything. A `long` is an integer that no DOUBLE equals,
 * so that there is nothing wide enough for it and a number with a fraction.
 */
export type Kind =
  'unknown' | 'boolean' | 'integer' | 'long' | 'number' | 'date' | 'timestamp' | 'nanoseconds' | 'instant' | 'text';

/** What has been seen of a column. */
export interface ColumnShape {
  readonly kind: Kind;
  /** Why it is text although its values look like something else. */
  readonly reason?: string;
}

/** Whether no further value changes it. */
export function isSettled({ kind, reason }: ColumnShape): boolean {
  return kind === 'text' && reason === undefined;
}

/** The shape that also holds one more value; null is in every type. */
export function widen(shape: ColumnShape, value: string | null): ColumnShape {
  if (value === null || isSettled(shape)) return shape;
  const seen = shapeOf(value);
  if (seen.kind === shape.kind && seen.reason === shape.reason) return shape;
  return merge(shape, seen);
}

const types: Readonly<Record<Kind, string>> = {
  unknown: 'VARCHAR',
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  long: 'BIGINT',
  number: 'DOUBLE',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  nanoseconds: 'TIMESTAMP_NS',
  instant: 'TIMESTAMP',
  text: 'VARCHAR',
};

/** The type of the column. */
export function typeOf({ kind }: ColumnShape): string {
  return types[kind];
}

const numeric: readonly Kind[] = ['integer', 'long', 'number'];
const integers: readonly Kind[] = ['integer', 'long'];
const temporal: readonly Kind[] = ['date', 'timestamp', 'nanoseconds'];

/** The shape that holds all values of both. */
export function merge(one: ColumnShape, other: ColumnShape): ColumnShape {
  if (one.kind === 'unknown') return other;
  if (other.kind === 'unknown') return one;
  const kinds = [one.kind, other.kind];
  const reasons = [one, other].flatMap(({ kind, reason }) => (kind === 'text' ? [reason] : []));
  if (reasons.length > 0) {
    // Numbers beside numbers that must stay text are still worth a word; a real text among them is not.
    const [reason] = reasons;
    const others = kinds.filter((kind) => kind !== 'text');
    const same = reasons.every((each) => each === reason);
    return reason !== undefined && same && others.every((kind) => near[reason]?.includes(kind))
      ? { kind: 'text', reason }
      : { kind: 'text' };
  }
  if (kinds.every((kind) => integers.includes(kind))) return { kind: kinds.includes('long') ? 'long' : 'integer' };
  if (kinds.every((kind) => numeric.includes(kind))) {
    return kinds.includes('long') ? { kind: 'text', reason: tooFine } : { kind: 'number' };
  }
  if (kinds.every((kind) => temporal.includes(kind))) {
    return { kind: temporal[Math.max(temporal.indexOf(one.kind), temporal.indexOf(other.kind))] ?? 'text' };
  }
  const dated: readonly Kind[] = ['date', 'timestamp', 'instant'];
  return { kind: kinds.every((kind) => dated.includes(kind)) ? 'instant' : 'text' };
}

const leadingZeros = 'numbers with leading zeros';
const tooLarge = 'whole numbers of more than 64 bits';
const tooFine = 'numbers with more digits than a DOUBLE holds';
const otherDates = 'dates in another form than 2024-01-31';
const noDay = 'dates that no calendar has';
const fineInstants = 'times of day with more than six decimals and an offset';

/** The kinds that go along with texts of a reason. */
const near: Readonly<Record<string, readonly Kind[]>> = {
  [leadingZeros]: numeric,
  [tooLarge]: numeric,
  [tooFine]: numeric,
  [otherDates]: [],
  [noDay]: temporal,
  [fineInstants]: ['date', 'timestamp', 'instant'],
};

const integerForm = /^-?\d+$/;
const numberForm = /^-?(?:(?:\d*\.\d+|\d+\.\d*)(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+)$/;
const dateForm = /^\d{4}-\d\d-\d\d$/;
const timestampForm = /^\d{4}-\d\d-\d\d[T ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[-+]\d\d(?::?\d\d)?)?$/;
/** Where a fraction and an offset begin. */
const secondsEnd = '2024-01-31 12:00:00'.length;
const otherDateForm = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./]\d{1,2}[./]\d{1,2})(?:[T ]\d{1,2}:\d\d.*)?$/;

function shapeOf(value: string): ColumnShape {
  const first = value.charCodeAt(0);
  if ((first < 48 || first > 57) && first !== 45 && first !== 46) {
    return { kind: /^(?:true|false)$/i.test(value) ? 'boolean' : 'text' };
  }
  if (value[4] === '-' && timestampForm.test(value)) return timestampShape(value);
  if (integerForm.test(value)) return integerShape(value);
  if (numberForm.test(value)) return numberShape(value);
  if (dateForm.test(value)) return isDay(value) ? { kind: 'date' } : { kind: 'text', reason: noDay };
  return otherDateForm.test(value) ? { kind: 'text', reason: otherDates } : { kind: 'text' };
}

function timestampShape(value: string): ColumnShape {
  if (!isDay(value)) return { kind: 'text', reason: noDay };
  if (value.length === secondsEnd) return { kind: 'timestamp' };
  const [fraction = ''] = /^\.\d+/.exec(value.slice(secondsEnd)) ?? [];
  const fine = /[1-9]/.test(fraction.slice(7));
  const hasOffset = value.length > secondsEnd + fraction.length;
  if (hasOffset) return fine ? { kind: 'text', reason: fineInstants } : { kind: 'instant' };
  return { kind: fine ? 'nanoseconds' : 'timestamp' };
}

function integerShape(value: string): ColumnShape {
  if (/^-?0\d/.test(value)) return { kind: 'text', reason: leadingZeros };
  if (value === '-0') return { kind: 'number' };
  if (value.length <= safeLength) return { kind: 'integer' };
  const number = BigInt(value);
  if (BigInt.asIntN(64, number) !== number) return { kind: 'text', reason: tooLarge };
  return { kind: BigInt(Number(value)) === number ? 'integer' : 'long' };
}

function numberShape(value: string): ColumnShape {
  if (/^-?0\d/.test(value)) return { kind: 'text', reason: leadingZeros };
  return isExactNumber(value) ? { kind: 'number' } : { kind: 'text', reason: tooFine };
}

const plainForm = /^[-.\d]*$/;
/** Characters of a number without an exponent that every double tells apart from its neighbours. */
const safeLength = 15;

/** Whether the double that is nearest to a number, written with as many digits, is the same number. */
export function isExactNumber(value: string): boolean {
  if (value.length <= safeLength && plainForm.test(value)) return true;
  const digits = value
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '');
  const number = Number(value);
  if (number === 0) return digits === '';
  if (!Number.isFinite(number)) return false;
  if (digits.length <= safeLength && Math.abs(number) > 1e-300) return true;
  return (
    digits.length <= 100 &&
    number
      .toExponential(digits.length - 1)
      .replace(/e.*$/, '')
      .replace(/[-.]/g, '') === digits
  );
}

/** Whether the day that a text begins with is in a calendar. */
function isDay(value: string): boolean {
  const [year, month, day] = [Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8, 10))];
  if (month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day;
}
