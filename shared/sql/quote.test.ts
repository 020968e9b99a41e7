import { expect, it } from 'vitest';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

it('quotes names and texts whatever they contain', () => {
  expect(quoteIdentifier('union')).toBe('"union"');
  expect(quoteIdentifier('a "b" \'c\'')).toBe('"a ""b"" \'c\'"');
  expect(quoteLiteral('it\'s \\ "so"')).toBe("'it''s \\ \"so\"'");
});

it('says of a NUL character that it cannot stand in SQL', () => {
  const message = 'The name "n␀" holds a NUL character (␀), which cannot stand in SQL.';
  expect(() => quoteIdentifier('n\0')).toThrow(message);
  expect(() => quoteLiteral('a\0b')).toThrow('The text "a␀b" holds a NUL character (␀), which cannot stand in SQL.');
});
