// Whatever is typed, loading answers: with a pipeline, or with errors that have a code and a place.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueCodes } from '../errors.ts';
import { load, loadSubstituted, type Syntax } from './load.ts';
import { toWire } from './serialize.ts';

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

/** What is wrong with the answer to a text; nothing, it is hoped. */
function faults(text: string, values: Readonly<Record<string, string>>, syntax?: Syntax): string[] {
  const { pipeline, issues, locate } = load(text, values, syntax);
  const found = issues.flatMap((issue) => {
    const { code, message, place } = issue;
    const isCode = Object.hasOwn(issueCodes, code) && code !== 'internal';
    const isPlace =
      place !== undefined &&
      Math.min(place.line, place.column, place.endColumn, place.endLine - place.line + 1) > 0 &&
      Math.min(place.offset, place.endOffset - place.offset, text.length - place.endOffset) >= 0;
    return isCode && isPlace && message.endsWith('.') ? [] : [JSON.stringify(issue)];
  });
  const failed = issues.some(({ severity }) => severity === 'error');
  if (failed === (pipeline !== undefined)) found.push('There must be either a pipeline or an error.');
  for (const [group, stages] of pipeline?.stages.entries() ?? []) {
    for (const [index, { query }] of stages.entries()) {
      const path = ['stages', group, index, 'query'];
      const offsets = Array.from({ length: query.length + 1 }, (_, offset) => locate(path, offset)?.offset ?? -1);
      if (Math.min(...offsets) < 0 || Math.max(...offsets) > text.length)
        found.push(`${query} lies outside of the text.`);
    }
  }
  return found;
}

const patience = 30_000; // ms, on a machine that does other things as well

describe('load', () => {
  it.each(syntaxes)('reads the %s document that the others are made from', (syntax) => {
    const loaded = load(valid[syntax], parameters);
    expect(loaded).toMatchObject({ syntax, parameters: [{ given: true }, { given: true }, { given: true }] });
    expect(loaded.issues.filter(({ code }) => code !== 'document.alias')).toEqual([]);
    expect(toWire(loadSubstituted(toWire(loaded.pipeline ?? never())).pipeline ?? never())).toBe(
      toWire(loaded.pipeline ?? never()),
    );
  });

  it(
    'answers any text',
    () => {
      const piece = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 8 }),
        fc.constantFrom(
          '\n',
          '\r',
          ': ',
          '- ',
          '[',
          ']',
          '{',
          '}',
          '"',
          "'",
          '|',
          '>',
          '&a ',
          '*a',
          '!!x ',
          '${a}',
          ' = ',
          '"""',
          '#',
          '\t',
          '---\n',
          '%',
          '\uFEFF',
          '\0',
          '__proto__',
          'sources',
          'stages',
        ),
      );
      const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
      fc.assert(
        fc.property(text, fc.constantFrom(undefined, ...syntaxes), (typed, syntax) => {
          expect(faults(typed, {}, syntax)).toEqual([]);
        }),
        { numRuns: 200, seed: 1 },
      );
    },
    patience,
  );

  it.each(syntaxes)(
    'answers a %s document in which something was cut out, doubled or put in',
    (syntax) => {
      const text = valid[syntax];
      const place = fc.nat(text.length);
      const put = fc.constantFrom(
        '',
        ' ',
        '\n',
        '"',
        "'",
        ':',
        ',',
        '[',
        '}',
        '-',
        '#',
        '\t',
        '1',
        'null',
        '${x}',
        '\\',
        '=',
        '*',
        '\uD800',
      );
      fc.assert(
        fc.property(place, fc.nat(30), put, fc.boolean(), (start, length, added, given) => {
          const mutated = text.slice(0, start) + added + text.slice(start + (added === '' ? length : length % 3));
          expect(faults(mutated, given ? parameters : {})).toEqual([]);
        }),
        { numRuns: 60, seed: 1 },
      );
    },
    patience,
  );

  it.each(syntaxes)(
    'answers a %s document with any parameter values',
    (syntax) => {
      const value = fc.string({ unit: 'binary', maxLength: 12 });
      fc.assert(
        fc.property(value, value, value, (month, text, rows) => {
          expect(faults(valid[syntax], { month, value: text, rows })).toEqual([]);
        }),
        { numRuns: 30, seed: 1 },
      );
    },
    patience,
  );
});

function never(): never {
  throw new Error('There is no pipeline.');
}
