// Options of CSV that cannot be met are told at their place, before anything runs.
import { expect, it } from 'vitest';
import { load } from './load.ts';

it.each(['§', '😀', '\u00a0'])('refuses to write CSV with the delimiter %j, of which DuckDB died', (delimiter) => {
  const format = `{type: csv, options: {delimiter: "${delimiter}"}}`;
  const { pipeline, issues } = load(
    `sources: [{type: file, name: s, location: a.csv, format: ${format}}]
stages: []
destination: {type: file, name: d, location: b.csv, format: ${format}}
`,
    {},
  );
  expect(pipeline).toBeUndefined();
  expect(issues.map(({ code, path }) => [code, path])).toEqual([
    ['document.unsupported', ['destination', 'format', 'options', 'delimiter']],
  ]);
});

it.each([
  ['quote', 'é'],
  ['escape', 'é'],
  ['quote', '😀'],
  ['null_value', 'x\0'],
])('refuses to read CSV with the %s %j, of which DuckDB told without its place', (option, value) => {
  const { pipeline, issues } = load(
    `sources: [{type: file, name: s, location: a.csv, format: {type: csv, options: {${option}: ${JSON.stringify(value)}}}}]
stages: []
`,
    {},
  );
  expect(pipeline).toBeUndefined();
  expect(issues.map(({ code, path }) => [code, path])).toEqual([
    ['document.invalid', ['sources', 0, 'format', 'options', option]],
  ]);
});
