// The pipelines of Aqueducts and the JSON suite, where the conformance data is at hand (CONFORMANCE_DIR).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../errors.ts';
import { parseDocument } from './document.ts';
import { pipelineJsonSchema, type JsonSchema } from './json-schema.ts';
import { load } from './load.ts';
import { namesIn, objections } from './schema-oracle.ts';
import { toWire } from './serialize.ts';

const folder = process.env['CONFORMANCE_DIR'] ?? join(import.meta.dirname, '../../../shared/conformance');
const aqueducts = join(folder, 'aqueducts');
const read = (name: string): string => readFileSync(join(aqueducts, name), 'utf8');
const locationOf = (part: object | null | undefined): unknown => part && 'location' in part && part.location;
const codesOf = (issues: readonly Issue[]): string[] => issues.map(({ code, place }) => `${code} ${place?.line}`);

describe.skipIf(!existsSync(aqueducts))('Aqueducts pipelines', () => {
  it('loads the simple pipeline unchanged', () => {
    const loaded = load(read('examples/aqueduct_pipeline_simple.yml'), { month: 'jan', year: '2024' });
    const { pipeline, issues, parameters } = loaded;
    expect(issues).toEqual([]);
    expect(parameters.map(({ name }) => name)).toEqual(['month', 'year']);
    expect(pipeline?.dialect).toBe('datafusion');
    expect(pipeline?.sources.map(locationOf)).toEqual([
      './examples/temp_readings_jan_2024.csv',
      './examples/location_dict.csv',
    ]);
    expect(pipeline?.stages.map((group) => group.map(({ name, show, explain }) => ({ name, show, explain })))).toEqual([
      [{ name: 'aggregated', show: null, explain: true }],
      [{ name: 'enriched', show: 10, explain: false }],
    ]);
    expect(locationOf(pipeline?.destination)).toBe('./examples/output_jan_2024.parquet');
  });

  it.each([
    ['aqueduct_pipeline_example.yml', 'yaml', 'upsert'],
    ['aqueduct_pipeline_example.toml', 'toml', 'upsert'],
    ['aqueduct_pipeline_example.json', 'json', 'replace'],
  ] as const)('reads %s and says what is spelled in an older way', (name, syntax, operation) => {
    const loaded = load(read(`examples/${name}`), { local_path: '.', run_id: '1' });
    expect(loaded.syntax).toBe(syntax);
    expect(loaded.issues.filter(({ code }) => code !== 'document.alias')).toEqual([]);
    expect(loaded.pipeline?.destination).toMatchObject({ type: 'delta', write_mode: { operation } });
  });

  it.each([
    ['append', { operation: 'append' }],
    ['upsert', { operation: 'upsert', params: ['date', 'country'] }],
    ['replace', { operation: 'replace', params: [{ column: 'date', value: '2024-01-01' }] }],
  ])('reads the Delta pipeline that is to %s', (name, writeMode) => {
    const given = { local_path: '.', run_id: '1', date: '2024-01-01' };
    const loaded = load(read(`delta/aqueduct_pipeline_delta_${name}.yml`), given);
    expect(loaded.issues.filter(({ code }) => code !== 'document.alias' && code !== 'parameter.unknown')).toEqual([]);
    expect(loaded.pipeline?.destination).toMatchObject({ write_mode: writeMode, partition_columns: ['date'] });
  });

  it('reads the ODBC pipeline', () => {
    const { issues, pipeline } = load(read('examples/aqueduct_pipeline_odbc.yml'), { user: 'a', pass: 'b;c' });
    expect(codesOf(issues)).toEqual(['document.alias 9', 'document.alias 15']);
    expect(pipeline?.sources).toMatchObject([
      { type: 'odbc', connection_string: expect.stringMatching(/UID=a;PWD=\{b;c\};/) as string },
      { type: 'odbc' },
    ]);
    expect(pipeline?.destination).toMatchObject({ write_mode: { operation: 'append' }, batch_size: 100 });
  });
});

describe.skipIf(!existsSync(aqueducts))('the JSON Schema of Aqueducts', () => {
  const theirs = existsSync(aqueducts) ? (JSON.parse(read('json_schema/aqueducts.schema.json')) as JsonSchema) : {};
  const ours = pipelineJsonSchema();

  it('names no field and no tag that ours has not', () => {
    const known = new Set(namesIn(ours, ours, ''));
    const wanted = namesIn(theirs, theirs, '');
    expect(wanted.length).toBeGreaterThan(90);
    expect(wanted.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each([
    ['examples/aqueduct_pipeline_simple.yml'],
    ['examples/aqueduct_pipeline_example.yml'],
    ['examples/aqueduct_pipeline_example.toml'],
    ['examples/aqueduct_pipeline_example.json'],
    ['examples/aqueduct_pipeline_odbc.yml'],
    ['delta/aqueduct_pipeline_delta_replace.yml'],
  ])('accepts what %s becomes on the wire', (name) => {
    const values = { month: 'jan', year: '2024', local_path: '.', run_id: '1', date: '2024-01-01' };
    const { pipeline } = load(read(name), { ...values, user: 'a', pass: 'b' });
    if (!pipeline) throw new Error(`${name} cannot be read.`);
    expect(objections(JSON.parse(toWire(pipeline)), theirs, theirs, name)).toEqual([]);
  });
});

const suite = join(folder, 'JSONTestSuite/test_parsing');

describe.skipIf(!existsSync(suite))('JSONTestSuite', () => {
  const files = existsSync(suite) ? readdirSync(suite).filter((name) => name.endsWith('.json')) : [];
  const decoder = new TextDecoder('utf-8', { fatal: true });

  it.each(files)('%s', (name) => {
    let text: string;
    try {
      text = decoder.decode(readFileSync(join(suite, name)));
    } catch {
      return; // not UTF-8: it never becomes a text
    }
    const { document, issues } = parseDocument(text, 'json');
    const syntaxErrors = issues.filter(({ code }) => code === 'document.syntax' || code === 'document.limit');
    if (name.startsWith('n_')) expect(document, name).toBeUndefined();
    // A pipeline is a map and has no key twice, so that not every valid JSON text is a document.
    if (name.startsWith('y_')) {
      const messages = syntaxErrors
        .map(({ message }) => message)
        .filter((message) => !/is empty|given twice/.test(message));
      expect(messages).toEqual([]);
    }
    if (!document) expect(issues.length).toBeGreaterThan(0);
  });
});
