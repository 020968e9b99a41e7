// Types of parameters: which values each takes. Values are texts; a type never changes one.

export const parameterTypes = ['string', 'integer', 'number', 'boolean', 'date', 'timestamp', 'sql'] as const;
export type ParameterType = (typeof parameterTypes)[number];

const time = String.raw`([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)(\.\d{1,9})?)?`;
const offset = String.raw`(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?`;

const shapes = {
  integer: /^[+-]?\d{1,100}$/,
  number: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i,
  boolean: /^(?:true|false)$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  timestamp: new RegExp(`^\\d{4}-\\d{2}-\\d{2}[T ]${time}${offset}$`),
} as const;

const requirements: Readonly<Record<keyof typeof shapes, string>> = {
  integer: 'must be a whole number',
  number: 'must be a number, such as `12` or `-0.5`',
  boolean: 'must be `true` or `false`',
  date: 'must be a date, as in `2024-01-31`',
  timestamp: 'must be a date and time, as in `2024-01-31T12:00:00`',
};

/** What a value would have to be and is not: words that go after its name. Undefined where it fits. */
export function misfit(type: ParameterType, value: string): string | undefined {
  if (type === 'string' || type === 'sql') return undefined;
  const fits =
    shapes[type].test(value) &&
    (type !== 'number' || Number.isFinite(Number(value))) &&
    (type !== 'date' && type !== 'timestamp' ? true : isDay(value.slice(0, 10)));
  return fits ? undefined : requirements[type];
}

/** Whether a text may be empty and still be a value. */
export function mayBeEmpty(type: ParameterType): boolean {
  return type === 'string' || type === 'sql';
}

/** Whether the calendar has this day. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
