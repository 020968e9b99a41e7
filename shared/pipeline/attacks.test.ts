// Documents that are meant to harm: what they reach for is refused, or taken for what it is.
import { describe, expect, it } from 'vitest';
import { load, type Loaded } from './load.ts';
import { toWire } from './serialize.ts';

const codes = ({ issues }: Loaded): string[] =>
  issues.map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);

describe('a byte order mark, CRLF and CR', () => {
  it.each(['\n', '\r\n', '\r'])('are counted as in an editor (%j)', (lineBreak) => {
    const text = `\uFEFFsources: []${lineBreak}stages: []${lineBreak}mystery: 1`;
    const loaded = load(text, {}, 'yaml');
    if (lineBreak === '\r')
      expect(loaded.issues[0]?.code).toBe('document.syntax'); // YAML 1.2 has such line breaks no more
    else {
      expect(codes(loaded)).toEqual(['document.unknown_field 3:1']);
      expect(loaded.issues[0]?.place?.offset).toBe(text.indexOf('mystery'));
    }
  });

  it('in JSON and TOML too', () => {
    expect(codes(load('\uFEFF{"sources":[],\r\n"stages":[],\r\n"mystery":1}', {}))).toEqual([
      'document.unknown_field 3:1',
    ]);
    expect(codes(load('\uFEFFsources = []\r\nstages = []\r\nmystery = 1\r\n', {}))).toEqual([
      'document.unknown_field 3:1',
    ]);
  });
});

describe('a NUL character', () => {
  it('is no harm in any syntax', () => {
    for (const text of ['sources: []\nstages: []\0', '{"sources":[],\0"stages":[]}', 'sources = []\0\nstages = []']) {
      expect(load(text, {}).issues[0]).toMatchObject({
        severity: 'error',
        place: { line: expect.any(Number) as number },
      });
    }
  });
});

describe('__proto__ and the like', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];

  it.each(names)('%s is a field like any other, at every level', (name) => {
    const json = `{"${name}":{"polluted":1},"params":{"${name}":{"${name}":{"polluted":1}}},
      "sources":[{"type":"inline","name":"a","rows":[{"${name}":{"polluted":1}}],"${name}":{"polluted":1}},
        {"type":"file","name":"b","location":"x","format":{"type":"csv","${name}":1},"storage_config":{"${name}":"1"}}],
      "stages":[[{"name":"s","query":"SELECT 1","${name}":{"polluted":1}}]]}`;
    const loaded = load(json, JSON.parse(`{"${name}":"x"}`) as Record<string, string>);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(loaded.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(loaded.issues.filter(({ code }) => code === 'document.unknown_field').length).toBeGreaterThanOrEqual(4);
    expect(loaded.pipeline && toWire(loaded.pipeline)).toContain(`"rows":[{"${name}":{"polluted":1}}]`);
  });

  it('a constructor whose name is no name does not end the judgement', () => {
    const wrong = '{"constructor":{"name":{}},"toString":1}';
    for (const text of [
      `{"sources":${wrong},"stages":[]}`,
      `{"sources":[],"stages":[],"params":{"a":${wrong}}}`,
      `{"sources":[{"type":${wrong}}],"stages":[[{"name":${wrong},"query":"SELECT 1"}]]}`,
    ])
      expect(load(text, {}).issues.every(({ code }) => /^(?:document|parameter)\./.test(code))).toBe(true);
  });

  it('are no types, tags, words or parameters', () => {
    for (const name of names) {
      const text = `sources: [{type: ${name}, name: a}]\nstages: [[{name: b, query: "\${${name}}"}]]\ndialect: ${name}`;
      expect(load(text, {}).issues.map(({ code }) => code)).toEqual([
        ...['document.invalid', 'parameter.missing', 'document.invalid'],
      ]);
    }
  });
});

describe('what grows', () => {
  it('aliases do not multiply queries', () => {
    const query = 'x'.repeat(100_000);
    const stages = Array.from({ length: 500 }, (_, index) => `  - - {name: s${index}, query: *q}`).join('\n');
    const loaded = load(`sources: []\nq: &q "${query}"\nstages:\n${stages}\n`, {});
    expect(loaded.pipeline?.stages).toHaveLength(500);
  });

  it.each(['query', 'location', 'connection_string', 'csv'])('a %s does not use parameters without end', (field) => {
    const text = '${a}'.repeat(100_000);
    const parts: Readonly<Record<string, unknown>> = {
      location: { type: 'file', name: 's', format: { type: 'csv' }, location: text },
      connection_string: { type: 'odbc', name: 's', load_query: 'q', connection_string: text },
      csv: { type: 'inline', name: 's', csv: text },
    };
    const source = parts[field];
    const stages = field === 'query' ? [[{ name: 's', query: text }]] : [];
    const loaded = load(JSON.stringify({ sources: source ? [source] : [], stages }), { a: 'b/..' });
    expect(loaded.issues.map(({ code }) => code)).toContain('document.limit');
  });

  it('many parameters are put into one text', () => {
    const csv = `a\n${'"${a}",'.repeat(990)}`;
    const query = `SELECT ${'${a} + '.repeat(990)} 1`;
    const sources = [{ type: 'inline', name: 's', csv }];
    const { pipeline } = load(JSON.stringify({ sources, stages: [[{ name: 't', query }]] }), { a: '7' });
    expect(pipeline?.stages[0]?.[0]?.query).toBe(`SELECT ${'7 + '.repeat(990)} 1`);
  });

  it('patterns are not tried for ever', () => {
    const blanks = ' '.repeat(200_000);
    for (const text of [`\${${blanks}`, `$${'{'.repeat(200_000)}`, `\${a:-${blanks}`, `\${a${blanks}}`.repeat(2)]) {
      expect(load(JSON.stringify({ sources: [], stages: [[{ name: 's', query: text }]] }), {}).parameters).toEqual([]);
    }
    const location = `https://${'a'.repeat(200_000)}\${v}`;
    const source = { type: 'file', name: 's', format: { type: 'csv' }, location };
    expect(load(JSON.stringify({ sources: [source], stages: [] }), { v: blanks }).pipeline).toBeUndefined();
    const type = {
      type: 'file',
      name: 's',
      location: 'x',
      format: { type: 'csv', options: { schema: [] as unknown[] } },
    };
    for (const spelling of ['LIST('.repeat(199), 'a '.repeat(499), `decimal(${'9'.repeat(900)})`, '[]'.repeat(499)])
      type.format.options.schema.push({ name: 'a', data_type: spelling });
    expect(load(JSON.stringify({ sources: [type], stages: [] }), {}).issues.length).toBeGreaterThan(3);
  });

  it('unknown fields do not take longer the more there are (20,000 took over a minute)', () => {
    const fields = Array.from({ length: 20_000 }, (_, index) => `stages_${index} = 1\n`);
    expect(load(`sources = []\nstages = []\n${fields.join('')}`, {}).issues).toHaveLength(20_000);
  }, 30_000);
});
