import { describe, expect, it } from 'vitest';
import type { Syntax } from '../../../../shared/pipeline/syntax/detect.ts';
import { pipelineJsonSchema, type JsonSchema } from '../../../../shared/pipeline/json-schema.ts';
import { suggestInDocument } from './document.ts';

const format: JsonSchema = {
  oneOf: [
    {
      type: 'object',
      description: 'Comma separated values.',
      properties: {
        type: { const: 'csv', type: 'string' },
        options: {
          type: 'object',
          default: {},
          properties: {
            has_header: { type: 'boolean', default: true, description: 'Whether the first line names the columns.' },
            delimiter: { type: 'string', default: ',' },
          },
        },
      },
      required: ['type'],
    },
    { type: 'object', properties: { type: { const: 'json', type: 'string' } }, required: ['type'] },
  ],
};

const schema: JsonSchema = {
  type: 'object',
  properties: {
    version: { type: 'string', default: 'v2' },
    sources: { type: 'array', items: { $ref: '#/definitions/source' } },
    stages: {
      type: 'array',
      items: { anyOf: [{ type: 'array', items: { $ref: '#/definitions/stage' } }, { $ref: '#/definitions/stage' }] },
    },
    destination: { anyOf: [{ $ref: '#/definitions/destination' }, { type: 'null' }], default: null },
  },
  required: ['sources', 'stages'],
  definitions: {
    source: {
      oneOf: [
        {
          type: 'object',
          properties: {
            type: { const: 'file', description: 'A file.' },
            name: { type: 'string' },
            location: { type: 'string' },
            format: { $ref: '#/definitions/format' },
          },
          required: ['type', 'name', 'location', 'format'],
        },
        {
          type: 'object',
          properties: { type: { const: 'in_memory' }, name: { type: 'string' } },
          required: ['type', 'name'],
        },
      ],
    },
    stage: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        query: { type: 'string' },
        show: { anyOf: [{ type: 'integer' }, { type: 'null' }], default: null },
        explain: { type: 'boolean', default: false },
        checks: {
          type: 'array',
          items: {
            type: 'object',
            properties: { type: { const: 'unique' }, columns: { type: 'array', items: { type: 'string' } } },
          },
        },
      },
      required: ['name', 'query'],
    },
    destination: {
      type: 'object',
      properties: { type: { const: 'file' }, format: { $ref: '#/definitions/format' } },
      required: ['type'],
    },
    format,
  },
};

const relations = [{ name: 'daily', columns: [{ name: 'day', type: 'DATE' }] }];

function ask(marked: string, syntax: Syntax): ReturnType<typeof suggestInDocument> {
  const cursor = marked.indexOf('¦');
  return suggestInDocument({ text: marked.replace('¦', ''), cursor, syntax, schema, relations });
}

function labels(marked: string, syntax: Syntax): readonly string[] {
  return (ask(marked, syntax)?.suggestions ?? []).map(({ label }) => label);
}

/** The text after a suggestion was taken, with a `¦` where the cursor then is. */
function taken(marked: string, syntax: Syntax, label: string): string | undefined {
  const cursor = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const found = ask(marked, syntax);
  const edit = found?.suggestions.find((each) => each.label === label)?.edit;
  if (!found || !edit) return undefined;
  const start = found.from - edit.before;
  const inserted = `${edit.insert.slice(0, edit.cursor)}¦${edit.insert.slice(edit.cursor)}`;
  return text.slice(0, start) + inserted + text.slice(cursor + edit.after);
}

describe('fields and values that are offered', () => {
  it.each<[string, Syntax, string, readonly string[]]>([
    ['the fields of the root', 'yaml', '¦', ['version', 'sources', 'stages', 'destination']],
    ['without those that are there', 'yaml', 'version: v2\nsources: []\n¦\n', ['stages', 'destination']],
    ['of all types while none is typed', 'yaml', 'sources:\n  - ¦', ['type', 'name', 'location', 'format']],
    ['of the type that is typed', 'yaml', 'sources:\n  - type: in_memory\n    ¦', ['name']],
    ['wherever the type stands', 'yaml', 'sources:\n  - ¦\n    type: in_memory\n', ['name']],
    ['the types', 'yaml', 'sources:\n  - type: ¦', ['file', 'in_memory']],
    ['all types where one stands', 'yaml', 'sources:\n  - type: fi¦le\n    name: a\n', ['file', 'in_memory']],
    ['true and false', 'yaml', 'stages:\n  - - explain: ¦', ['true', 'false']],
    ['a default', 'yaml', 'version: ¦', ['v2']],
    [
      'an option of a format',
      'yaml',
      'sources:\n  - format:\n      type: csv\n      options:\n        ¦',
      ['has_header', 'delimiter'],
    ],
    ['none of another format', 'yaml', 'sources:\n  - format:\n      type: json\n      ¦', []],
    [
      'the field under the cursor itself',
      'yaml',
      'stages:\n  - - na¦me: a\n      query: x\n',
      ['name', 'show', 'explain', 'checks'],
    ],
    ['nothing in free text', 'yaml', 'sources:\n  - name: ¦', []],
    ['nothing in a block of text', 'yaml', 'stages:\n  - - query: |\n        SEL¦', []],
    ['nothing in a comment', 'yaml', '# ty¦', []],
    [
      'columns of a checked stage',
      'yaml',
      'stages:\n  - - name: daily\n      checks:\n        - columns: [¦]',
      ['day'],
    ],
    ['JSON fields', 'json', '{"sources": [{"type": "in_memory", "¦"}]}', ['name']],
    ['JSON values', 'json', '{"sources": [{"type": ¦}]}', ['file', 'in_memory']],
    ['TOML fields', 'toml', '[[sources]]\ntype = "in_memory"\n¦\n', ['name']],
    ['TOML values', 'toml', '[destination]\nformat = { type = "¦" }', ['csv', 'json']],
    [
      'TOML headers',
      'toml',
      '[¦',
      ['sources', 'sources.format', 'stages', 'stages.checks', 'destination', 'destination.format'],
    ],
  ])('%s (%s)', (_name, syntax, text, expected) => {
    expect(labels(text, syntax)).toEqual(expected);
  });

  it('tell their type, their default and what they mean', () => {
    const found = ask('sources:\n  - format: {type: csv, options: {¦}}', 'yaml')?.suggestions;
    expect(found).toMatchObject([
      { detail: 'true or false', info: 'Whether the first line names the columns.\nDefault: true' },
      { detail: 'text', info: 'Default: ","' },
    ]);
    expect(ask('sources:\n  - type: ¦', 'yaml')?.suggestions[0]).toMatchObject({ info: 'A file.' });
    expect(ask('sour¦', 'yaml')?.suggestions[1]).toMatchObject({ detail: 'list, required' });
  });
});

describe('what a suggestion writes', () => {
  it.each<[string, Syntax, string, string, string]>([
    ['a text', 'yaml', 'version: v2\n¦', 'sources', 'version: v2\nsources:\n  - ¦'],
    ['a list of lists', 'yaml', 'sta¦', 'stages', 'stages:\n  - - ¦'],
    [
      'a map below',
      'yaml',
      'sources:\n  - type: file\n    fo¦',
      'format',
      'sources:\n  - type: file\n    format:\n      ¦',
    ],
    ['a plain field', 'yaml', 'sources:\n  - na¦', 'name', 'sources:\n  - name: ¦'],
    ['a field right behind a dash', 'yaml', 'sources:\n  -¦', 'name', 'sources:\n  - name: ¦'],
    ['a dash that is missing', 'yaml', 'sources:\n  ¦', 'type', 'sources:\n  - type: ¦'],
    ['two dashes that are missing', 'yaml', 'stages:\n  ¦', 'name', 'stages:\n  - - name: ¦'],
    ['a stage of a flat list', 'yaml', 'stages:\n  - name: a\n  - ¦', 'name', 'stages:\n  - name: a\n  - name: ¦'],
    [
      'a stage of a new group',
      'yaml',
      'stages:\n  - - name: a\n  - ¦',
      'name',
      'stages:\n  - - name: a\n  - - name: ¦',
    ],
    ['a line below the key', 'yaml', 'sources: ¦', 'type', 'sources: \n  - type: ¦'],
    ['a key that has its colon', 'yaml', 'vers¦: v2', 'version', 'version¦: v2'],
    ['the rest of a key', 'yaml', 'ver¦siom: v2', 'version', 'version¦: v2'],
    ['a value', 'yaml', 'sources:\n  - type: i¦', 'in_memory', 'sources:\n  - type: in_memory¦'],
    ['a value right behind the colon', 'yaml', 'sources:\n  - type:¦', 'file', 'sources:\n  - type: file¦'],
    ['the rest of a value', 'yaml', 'sources:\n  - type: ¦file', 'in_memory', 'sources:\n  - type: in_memory¦'],
    [
      'a value that needs quotes',
      'yaml',
      'sources:\n  - format: {type: csv, options: {delimiter: ¦}}',
      ',',
      'sources:\n  - format: {type: csv, options: {delimiter: ","¦}}',
    ],
    ['a field in a flow map', 'yaml', 'sources:\n  - {na¦}', 'name', 'sources:\n  - {name: ¦}'],
    ['a map in a flow map', 'yaml', 'destination: {fo¦}', 'format', 'destination: {format: {¦}}'],
    ['JSON without quotes', 'json', '{ver¦}', 'version', '{"version": "¦"}'],
    ['JSON in quotes', 'json', '{"ver¦"}', 'version', '{"version": "¦"}'],
    ['JSON in a quote that is open', 'json', '{"ver¦\n}', 'version', '{"version": "¦"\n}'],
    ['JSON with its colon', 'json', '{"ver¦": 1}', 'version', '{"version"¦: 1}'],
    ['JSON lists', 'json', '{"st¦"}', 'stages', '{"stages": [[¦]]}'],
    ['a JSON value', 'json', '{"sources": [{"type": "f¦"}]}', 'in_memory', '{"sources": [{"type": "in_memory"¦}]}'],
    ['a JSON value without quotes', 'json', '{"sources": [{"type": ¦}]}', 'file', '{"sources": [{"type": "file"¦}]}'],
    ['a JSON word', 'json', '{"stages": [[{"explain": t¦}]]}', 'true', '{"stages": [[{"explain": true¦}]]}'],
    ['TOML', 'toml', '[destination]\nty¦', 'type', '[destination]\ntype = "¦"'],
    ['a TOML table', 'toml', '[destination]\nfo¦', 'format', '[destination]\nformat = { ¦ }'],
    ['a TOML value', 'toml', '[destination]\ntype = ¦', 'file', '[destination]\ntype = "file"¦'],
    ['a TOML header', 'toml', '[so¦]', 'sources', '[[sources]]\n¦'],
    ['a TOML header in brackets', 'toml', '[[sources.f¦]]\n', 'sources.format', '[sources.format]\n¦\n'],
  ])('%s (%s)', (_name, syntax, text, label, expected) => {
    expect(taken(text, syntax, label)).toBe(expected);
  });
});

describe('with the schema of a pipeline', () => {
  const whole = pipelineJsonSchema();
  const offered = (marked: string, syntax: Syntax): readonly string[] => {
    const request = { text: marked.replace('¦', ''), cursor: marked.indexOf('¦'), syntax, schema: whole, relations };
    return (suggestInDocument(request)?.suggestions ?? []).map(({ label }) => label);
  };

  it.each<[string, Syntax, string, readonly string[]]>([
    ['sources', 'yaml', 'sources:\n  - type: ¦', ['file', 'directory', 'inline', 'in_memory', 'odbc', 'delta']],
    ['formats', 'json', '{"sources": [{"type": "file", "format": {"type": "¦"}}]}', ['csv', 'json', 'parquet']],
    ['destinations', 'toml', '[destination]\ntype = "¦"', ['file', 'in_memory', 'odbc', 'delta']],
    ['dialects', 'yaml', 'dialect: ¦', ['duckdb', 'datafusion']],
    [
      'kinds of parameters',
      'yaml',
      'params:\n  a:\n    type: b¦',
      ['string', 'integer', 'number', 'boolean', 'date', 'timestamp', 'sql'],
    ],
    [
      'a group of stages',
      'yaml',
      'stages:\n  - - ¦',
      ['name', 'query', 'show', 'explain', 'explain_analyze', 'print_schema', 'checks'],
    ],
  ])('offers %s', (_name, syntax, text, expected) => {
    expect(offered(text, syntax)).toEqual(expected);
  });

  it('offers the fields of a kind of check', () => {
    const fields = offered('stages:\n  - - name: s\n      checks:\n        - type: range\n          ¦', 'yaml');
    expect(fields).toEqual(expect.arrayContaining(['column', 'min', 'max', 'severity']));
    expect(fields).not.toContain('pattern');
  });
});
