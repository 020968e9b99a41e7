import { expect, it } from 'vitest';
import { quoteIdentifier, quoteLiteral } from './quote.ts';

it('quotes names and texts whatever they contain', () => {
  expect(quoteIdentifier('union')).toBe('"union"');
  expect(quoteIdentifier('a "b" \'c\'')).toBe('"a ""b"" \'c\'"');
  expect(quoteLiteral('it\'s \\ "so"')).toBe("'it''s \\ \"so\"'");
});
