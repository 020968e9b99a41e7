// Which input a parameter gets, and what it says while it is empty.
import type { Parameter } from '../../../shared/pipeline/load.ts';

export type InputKind = 'text' | 'number' | 'choice' | 'date' | 'timestamp' | 'secret';

/**
 * The input for a parameter. Numbers are typed as text, because a number field of a browser rounds them. A date or time
 * that the browser's own picker cannot show, such as one with a time zone, is typed as text too.
 */
export function inputKind({ type, enum: choices, secret, default: standard }: Parameter, value: string): InputKind {
  if (secret) return 'secret';
  if (choices || type === 'boolean') return 'choice';
  if (type === 'integer' || type === 'number') return 'number';
  const shown = value === '' ? (standard ?? '') : value;
  if (type === 'date' && (shown === '' || /^\d{4}-\d{2}-\d{2}$/.test(shown))) return 'date';
  const pickable = shown === '' || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(shown);
  return type === 'timestamp' && pickable ? 'timestamp' : 'text';
}

/** The values of a choice. */
export function choicesOf({ enum: choices }: Parameter): readonly string[] {
  return choices ?? ['true', 'false'];
}

/** What an empty input means. */
export function emptyText({ default: standard, required, secret, type }: Parameter): string {
  if (standard !== undefined) return standard === '' ? 'default: empty' : `default: ${standard}`;
  if (required) return type === 'string' || type === 'sql' || secret ? 'needs a value' : `needs a ${kinds[type]}`;
  return 'may stay empty'; // a secret may have a default, which nobody is told
}

const kinds: Readonly<Record<Exclude<Parameter['type'], 'string' | 'sql'>, string>> = {
  integer: 'whole number',
  number: 'number',
  boolean: 'value',
  date: 'date',
  timestamp: 'date and time',
};
