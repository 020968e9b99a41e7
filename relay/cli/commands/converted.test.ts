import { expect, it } from 'vitest';
import { parseDocument } from '../../../shared/pipeline/document.ts';
import { exactDataOf } from '../../../shared/pipeline/syntax/tree.ts';
import { convertedText } from './converted.ts';

function converted(text: string, to: 'yaml' | 'json' | 'toml'): string {
  const { document } = parseDocument(text, 'json');
  return document ? convertedText(exactDataOf(document.root), to) : 'no document';
}

const numbers = '{"a": 0.1234567890123456789, "b": 1e400, "c": 1.0, "d": 9007199254740993, "e": [1.50]}';

it('numbers are written as they were typed in YAML', () => {
  expect(converted(numbers, 'yaml')).toBe(
    'a: 0.1234567890123456789\nb: 1e400\nc: 1.0\nd: 9007199254740993\ne:\n  - 1.50\n',
  );
});

it('numbers are written as they were typed in TOML', () => {
  expect(converted(numbers, 'toml')).toBe(
    'a = 0.1234567890123456789\nb = 1e400\nc = 1.0\nd = 9007199254740993\ne = [ 1.50 ]\n',
  );
});

it('numbers and keys are written as they were typed in JSON', () => {
  const text = convertedText(
    exactDataOf(parseDocument('b: 1.0\n"10": .5\n"9": {}\nz: []\n', 'yaml').document?.root ?? expect.fail()),
    'json',
  );
  expect(text).toBe('{\n  "b": 1.0,\n  "10": 0.5,\n  "9": {},\n  "z": []\n}\n');
});

it('what JSON has no number for is refused', () => {
  const { document } = parseDocument('a: .inf\n', 'yaml');
  expect(() => convertedText(exactDataOf(document?.root ?? expect.fail()), 'json')).toThrow(/has no Infinity/);
});
