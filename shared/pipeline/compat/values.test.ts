import { JsonNumber, type Json } from '../../formats/json/value.ts';
import { describe, expect, it } from 'vitest';
import { load, type Loaded } from '../load.ts';

const told = ({ issues }: Loaded): string[] =>
  issues.map(({ severity, code, place, message }) => `${severity} ${code} ${place?.line}:${place?.column} ${message}`);
const withSource = (source: string): Loaded => load(`sources: [${source}]\nstages: []`, {});
const withDestination = (destination: string): Loaded =>
  load(`sources: []\nstages: []\ndestination: ${destination}`, {});
const withStage = (stage: string): Loaded => load(`sources: []\nstages: [[{name: a, query: q, ${stage}}]]`, {});
const sourceOf = (loaded: Loaded): unknown => loaded.pipeline?.sources[0];
const alias = (message: string): unknown =>
  expect.stringMatching(new RegExp(`^warning document\\.alias \\d+:\\d+ ${message}`));

describe('values', () => {
  it.each([
    ['show: "10"', { show: 10 }],
    ['explain: "true"', { explain: true }],
    ['explain: null', { explain: false }],
    ['checks: null', { checks: [] }],
  ])('%s can mean only one thing', (field, expected) => {
    const loaded = withStage(field);
    expect(loaded.pipeline?.stages[0]?.[0]).toMatchObject(expected);
    expect(told(loaded)).toEqual([alias('')]);
  });

  it.each([
    'show: true',
    'show: "ten"',
    'show: " 1"',
    'show: "1e1"',
    'show: "-1"',
    'show: 1.5',
    'explain: "yes"',
    'explain: 1',
    'explain: "True"',
  ])('%s is an error', (field) => {
    expect(told(withStage(field)).map((line) => line.slice(0, 23))).toContain('error document.invalid ');
  });

  it('null stands for nothing where Aqueducts takes it, and without a word', () => {
    expect(told(withStage('show: null'))).toEqual([]);
    expect(told(withDestination('null'))).toEqual([]);
    expect(told(withSource('{type: delta, name: a, location: x, version: null, timestamp: null}'))).toEqual([]);
  });

  it('numbers are texts where they can be nothing else', () => {
    const loaded = withDestination(
      '{type: delta, name: d, location: x, write_mode: {operation: replace, params: [{column: y, value: 2024.0}]}, storage_config: {a: true}, table_properties: {b: null}}',
    );
    expect(loaded.pipeline?.destination).toMatchObject({
      write_mode: { params: [{ column: 'y', value: '2024.0' }] },
      storage_config: { a: 'true' },
      table_properties: { b: null },
    });
    expect(told(loaded)).toEqual([alias('2024.0 is read as text'), alias('true is read as text')]);
    expect(told(load('version: 2\nsources: []\nstages: []', {}))).toEqual([
      expect.stringMatching(/document\.unsupported/),
      alias('2 is read as text'),
    ]);
  });

  it('a name or query is never a number', () => {
    expect(told(load('sources: []\nstages: [[{name: 1, query: q}]]', {}))).toEqual([
      'error document.invalid 2:18 `name` must be text, not the number 1.',
    ]);
  });

  it('integers of any size are kept in rows', () => {
    const loaded = withSource('{type: inline, name: a, rows: [{n: 9007199254740993, m: -1, f: 1.5}]}');
    expect(sourceOf(loaded)).toMatchObject({
      rows: [
        new Map<string, Json>([
          ['n', new JsonNumber('9007199254740993')],
          ['m', -1],
          ['f', new JsonNumber('1.5')],
        ]),
      ],
    });
    for (const text of [
      '{"sources":[{"type":"inline","name":"a","rows":[{"n":9007199254740993}]}],"stages":[]}',
      'stages = []\n[[sources]]\ntype = "inline"\nname = "a"\nrows = [{ n = 9007199254740993 }]',
    ])
      expect(sourceOf(load(text, {}))).toMatchObject({ rows: [new Map([['n', new JsonNumber('9007199254740993')]])] });
  });
});
