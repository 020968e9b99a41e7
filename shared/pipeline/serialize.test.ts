import { describe, expect, it } from 'vitest';
import { load } from './load.ts';
import { serialize } from './serialize.ts';

const canonical = (text: string): string => {
  const { pipeline, issues } = load(text, {});
  if (!pipeline) throw new Error(JSON.stringify(issues));
  return serialize(pipeline);
};

describe('serialize', () => {
  it('gives the canonical JSON: defaults filled in, aliases gone, locations as typed', () => {
    const text = `
sources:
  - type: File
    name: a
    file_type: {type: Csv}
    location: ./x y.csv
stages:
  - - {show: 0, query: b, name: c, explain: true}
`;
    expect(canonical(text)).toBe(
      '{"version":"v2","sources":[{"type":"file","name":"a","format":{"type":"csv","options":{"has_header":true,"delimiter":",","schema":[]}},"location":"./x y.csv","storage_config":{}}],"stages":[[{"name":"c","query":"b","show":0,"explain":true,"explain_analyze":false,"print_schema":false}]],"destination":null}',
    );
  });

  it('writes Parquet options as texts and leaves the options of JSON out, as Aqueducts wants them', () => {
    const destination = (format: string): unknown =>
      (
        JSON.parse(
          canonical(
            `{"sources":[],"stages":[],"destination":{"type":"file","name":"d","location":"x","format":${format}}}`,
          ),
        ) as {
          destination: { format: unknown };
        }
      ).destination.format;
    expect(destination('{"type":"parquet","options":{"compression":"lz4","max_row_group_size":7}}')).toEqual({
      type: 'parquet',
      options: { compression: 'lz4_raw', max_row_group_size: '7' },
    });
    expect(destination('{"type":"json","options":{}}')).toEqual({ type: 'json' });
  });
});
