import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../../shared/pipeline/load.ts';
import { complaintAbout } from './complaints.ts';
import { choicesOf, emptyText, inputKind } from './input-kind.ts';

function parameter(details: Partial<Parameter>): Parameter {
  return { name: 'p', places: [], type: 'string', secret: false, required: true, given: false, ...details };
}

describe('the input of a parameter', () => {
  it.each<[string, Partial<Parameter>, string, ReturnType<typeof inputKind>]>([
    ['text', {}, '', 'text'],
    ['SQL', { type: 'sql' }, '', 'text'],
    ['a whole number', { type: 'integer' }, '', 'number'],
    ['a number', { type: 'number' }, '', 'number'],
    ['true or false', { type: 'boolean' }, '', 'choice'],
    ['a choice', { enum: ['a', 'b'] }, '', 'choice'],
    ['a date', { type: 'date' }, '2025-01-31', 'date'],
    ['a date that no calendar shows', { type: 'date' }, 'soon', 'text'],
    ['a time', { type: 'timestamp' }, '', 'timestamp'],
    ['a time with a zone', { type: 'timestamp' }, '2025-01-31T12:00:00Z', 'text'],
    ['a time whose default has a blank', { type: 'timestamp', default: '2025-01-31 12:00' }, '', 'text'],
    ['a secret', { secret: true }, '', 'secret'],
    ['a secret choice', { secret: true, enum: ['a'] }, '', 'secret'],
  ])('%s', (_name, details, value, expected) => {
    expect(inputKind(parameter(details), value)).toBe(expected);
  });

  it.each<[Partial<Parameter>, string]>([
    [{}, 'needs a value'],
    [{ type: 'integer' }, 'needs a whole number'],
    [{ type: 'date' }, 'needs a date'],
    [{ default: '10', required: false }, 'default: 10'],
    [{ default: '', required: false }, 'default: empty'],
    [{ secret: true, required: false }, 'may stay empty'],
    [{ required: false }, 'may stay empty'],
  ])('says what it means to stay empty: %o', (details, expected) => {
    expect(emptyText(parameter(details))).toBe(expected);
  });

  it('offers true and false, or what the document lists', () => {
    expect(choicesOf(parameter({ type: 'boolean' }))).toEqual(['true', 'false']);
    expect(choicesOf(parameter({ enum: ['x', 'y'] }))).toEqual(['x', 'y']);
  });

  it('shows the refusal of its own value only', () => {
    const issues = [
      { code: 'parameter.missing', severity: 'error', message: 'The parameter `p` has no value.' },
      { code: 'parameter.invalid', severity: 'error', message: 'The value of `other` must be a number.' },
      { code: 'parameter.invalid', severity: 'error', message: 'The value of `p` must be a date.' },
    ] as const;
    expect(complaintAbout('p', issues)).toBe('The value of `p` must be a date.');
    expect(complaintAbout('q', issues)).toBeUndefined();
  });
});
