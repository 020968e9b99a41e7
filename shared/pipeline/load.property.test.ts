// Whatever is typed, loading answers: with a pipeline, or with errors that have a code and a place.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueCodes } from '../errors.ts';
import { load, type Syntax } from './load.ts';
import { serialize } from './serialize.ts';

const valid: Readonly<Record<Syntax, string>> = {
  yaml: `# a note
version: "v2"
sources:
  - type: file
    name: readings
    format: &csv
      type: csv
      options: {has_header: true, delimiter: ","}
    location: ./data/\${month}.csv
  - {type: File, name: other, file_type: *csv, location: 'b.csv'}
stages:
  - - name: first
      query: >
        SELECT *
        FROM readings WHERE a = '\${value}'

      show: \${rows}
    - name: second
      query: |-
        SELECT 1
  - - name: "third"
      query: "SELECT \\"é\\"
        FROM first"
destination:
  type: file
  name: out
  format: {type: parquet, options: {compression: zstd(3)}}
  location: out.parquet
`,
  json: `{
  "sources": [{"type": "file", "name": "a", "format": {"type": "json"}, "location": "\${month}.json"}],
  "stages": [[{"name": "b", "query": "SELECT '\\u00e9\${value}'\\n FROM a", "show": "\${rows}"}]],
  "destination": {"type": "file", "name": "c", "format": {"type": "csv", "options": {}}, "location": "c.csv"}
}`,
  toml: `version = "v2"
stages = [[{ name = "b", query = """
SELECT '\${value}' \\
  FROM a""", show = "\${rows}" }]]

[[sources]]
type = "file"
name = 'a'
location = "\${month}.csv"
[sources.format]
type = "csv"
options.delimiter = ";"

[destination]
type = "file"
name = "c"
location = "c.json"
format = { type = "json" }
`,
};

const parameters = { month: 'jan', value: "o'x", rows: '5' };
const syntaxes = ['yaml', 'json', 'toml'] as const;

function expectAnswer(text: string, values: Readonly<Record<string, string>>, syntax?: Syntax): void {
  const loaded = load(text, values, syntax);
  const errors = loaded.issues.filter(({ severity }) => severity === 'error');
  expect(loaded.pipeline === undefined).toBe(errors.length > 0);
  for (const { code, message, place } of loaded.issues) {
    expect(Object.keys(issueCodes)).toContain(code);
    expect(code).not.toBe('internal');
    expect(message).toMatch(/\.$/);
    const [offset, end] = [place?.offset ?? -1, place?.endOffset ?? -1];
    expect(place?.line).toBeGreaterThan(0);
    expect(place?.column).toBeGreaterThan(0);
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(offset);
    expect(end).toBeLessThanOrEqual(text.length);
  }
  for (const [group, stages] of loaded.pipeline?.stages.entries() ?? []) {
    for (const [index, { query }] of stages.entries()) {
      for (let offset = 0; offset <= query.length; offset++) {
        expect(loaded.locate(['stages', group, index, 'query'], offset)?.offset).toBeLessThanOrEqual(text.length);
      }
    }
  }
}

describe('load', () => {
  it.each(syntaxes)('reads the %s document that the others are made from', (syntax) => {
    const loaded = load(valid[syntax], parameters);
    expect(loaded).toMatchObject({ syntax, parameters: [{ given: true }, { given: true }, { given: true }] });
    expect(loaded.issues.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(load(serialize(loaded.pipeline ?? never()), {}).pipeline).toEqual(loaded.pipeline);
  });

  it('answers any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('\n', '\r', ': ', '- ', '[', ']', '{', '}', '"', "'", '|', '>', '&a ', '*a', '!!x ', '${a}', ' = ', '"""', '#', '\t', '---\n', '%', '\uFEFF', '\0', '__proto__', 'sources', 'stages'),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom(undefined, ...syntaxes), (typed, syntax) => expectAnswer(typed, {}, syntax)),
      { numRuns: 400, seed: 1 },
    );
  });

  it.each(syntaxes)('answers a %s document in which something was cut out, doubled or put in', (syntax) => {
    const text = valid[syntax];
    const place = fc.nat(text.length);
    const put = fc.constantFrom('', ' ', '\n', '"', "'", ':', ',', '[', '}', '-', '#', '\t', '1', 'null', '${x}', '\\', '=', '*', '\uD800');
    fc.assert(
      fc.property(place, fc.nat(30), put, fc.boolean(), (start, length, added, given) => {
        const mutated = text.slice(0, start) + added + text.slice(start + (added === '' ? length : length % 3));
        expectAnswer(mutated, given ? parameters : {});
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it.each(syntaxes)('answers a %s document with any parameter values', (syntax) => {
    const value = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(value, value, value, (month, text, rows) => expectAnswer(valid[syntax], { month, value: text, rows })),
      { numRuns: 80, seed: 1 },
    );
  });
});

function never(): never {
  throw new Error('There is no pipeline.');
}
