import { describe, expect, it } from 'vitest';
import { JsonNumber, type Json } from '../formats/json/value.ts';
import { load, loadSubstituted } from './load.ts';
import type { Pipeline } from './schema.ts';
import { serialize, toWire } from './serialize.ts';

const pipelineOf = (text: string, values: Record<string, string> = {}): Pipeline => {
  const { pipeline, issues } = load(text, values);
  if (!pipeline) throw new Error(JSON.stringify(issues));
  return pipeline;
};
const dataOf = (text: string): Record<string, unknown> =>
  JSON.parse(toWire(pipelineOf(text))) as Record<string, unknown>;

describe('toWire', () => {
  it('gives the canonical JSON: defaults filled in, aliases gone, locations as typed', () => {
    const text = `
version: v2
sources:
  - type: File
    name: a
    file_type: {type: Csv}
    location: ./x y.csv
stages:
  - - {show: 0, query: b, name: c, explain: true}
`;
    expect(toWire(pipelineOf(text))).toBe(
      '{"version":"v2","sources":[{"type":"file","name":"a","format":{"type":"csv","options":{"has_header":true,"delimiter":",","schema":[]}},"location":"./x y.csv","storage_config":{}}],"stages":[[{"name":"c","query":"b","show":0,"explain":true,"explain_analyze":false,"print_schema":false}]],"destination":null}',
    );
  });

  it.each([
    ['', { version: 'v2', dialect: 'duckdb' }],
    ['version: v1\n', { version: 'v1' }],
    ['version: v2\ndialect: duckdb\n', { version: 'v2', dialect: 'duckdb' }],
    ['version: v2\ndialect: datafusion\n', { version: 'v2' }],
    ['version: x\ndialect: datafusion\n', { version: 'x', dialect: 'datafusion' }],
  ])('says the dialect where the version does not: %j', (head, expected) => {
    const { version, dialect } = dataOf(`${head}sources: []\nstages: []`);
    expect({ version, ...(dialect === undefined ? {} : { dialect }) }).toEqual(expected);
  });

  it('writes Parquet options as DataFusion wants them and leaves the options of JSON out', () => {
    const formatOf = (format: string): unknown => {
      const destination = `{type: file, name: d, location: x, format: ${format}}`;
      return (dataOf(`sources: []\nstages: []\ndestination: ${destination}`)['destination'] as { format: unknown })
        .format;
    };
    expect(
      formatOf('{type: parquet, options: {compression: lz4, max_row_group_size: 7, writer_version: "2.0"}}'),
    ).toEqual({
      type: 'parquet',
      options: { compression: 'lz4_raw', max_row_group_size: '7', writer_version: '2.0' },
    });
    expect(formatOf('{type: parquet, options: {compression: zstd}}')).toMatchObject({
      options: { compression: 'zstd(3)' },
    });
    expect(formatOf('{type: parquet, options: {compression: gzip}}')).toMatchObject({
      options: { compression: 'gzip(6)' },
    });
    expect(formatOf('{type: json, options: {}}')).toEqual({ type: 'json' });
    expect(formatOf('{type: json, options: {compression: gzip}}')).toEqual({ type: 'json', compression: 'gzip' });
    expect(formatOf('{type: csv}')).toMatchObject({ options: { compression: null } });
  });

  it('keeps additions that say something, and their defaults to itself', () => {
    const text = `
sources:
  - {type: inline, name: i, rows: [{n: 9007199254740993, __proto__: 1}], checks: [{type: not_null, columns: [n]}]}
  - {type: file, name: f, location: x, format: {type: csv, options: {quote: "'", null_value: ""}}}
stages: []
destination: {type: file, name: o, location: o/, format: {type: csv}, mode: replace}`;
    expect(dataOf(text)).toMatchObject({
      sources: [
        {
          rows: [{ n: 9007199254740992 }],
          checks: [{ type: 'not_null', columns: ['n'], severity: 'error', samples: 5 }],
        },
        { format: { options: { has_header: true, delimiter: ',', schema: [], quote: "'" } } },
      ],
      destination: { mode: 'replace' },
    });
    const wire = toWire(pipelineOf(text));
    expect(wire).toContain('"n":9007199254740993,"__proto__":1');
    expect(wire).not.toMatch(/null_value|escape|params/);
    expect(loadSubstituted(wire).pipeline).toMatchObject({
      sources: [
        {
          rows: [
            new Map<string, Json>([
              ['n', new JsonNumber('9007199254740993')],
              ['__proto__', 1],
            ]),
          ],
        },
        {},
      ],
    });
  });

  it('has parameters replaced, so that what looks like one is text', () => {
    const pipeline = pipelineOf("sources: []\nstages: [[{name: a, query: \"SELECT '${a}', '${{b}}'\"}]]", {
      a: '${b}',
    });
    const wire = toWire(pipeline);
    expect(wire).toContain("SELECT '${b}', '${b}'");
    expect(loadSubstituted(wire)).toMatchObject({ issues: [], parameters: [], pipeline: { stages: pipeline.stages } });
  });
});

describe('serialize', () => {
  it('hides what the mask hides, in keys too', () => {
    const pipeline = pipelineOf('sources: [{type: inline, name: i, rows: [{secret: secret, x: 1}]}]\nstages: []');
    const text = serialize(pipeline, (part) => part.replaceAll('secret', '***'));
    expect(text).toContain('"rows":[{"***":"***","x":1}]');
  });
});
