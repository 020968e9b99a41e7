// The pipelines of Aqueducts and the JSON suite, where the conformance data is at hand (CONFORMANCE_DIR).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from './document.ts';
import { load } from './load.ts';

const folder = process.env['CONFORMANCE_DIR'] ?? join(import.meta.dirname, '../../../shared/conformance');
const examples = join(folder, 'aqueducts/examples');
const read = (name: string): string => readFileSync(join(examples, name), 'utf8');

describe.skipIf(!existsSync(examples))('Aqueducts examples', () => {
  it('loads the simple pipeline unchanged', () => {
    const { pipeline, issues, parameters } = load(read('aqueduct_pipeline_simple.yml'), { month: 'jan', year: '2024' });
    expect(issues).toEqual([]);
    expect(parameters.map(({ name }) => name)).toEqual(['month', 'year']);
    expect(pipeline?.sources.map(({ location }) => location)).toEqual([
      './examples/temp_readings_jan_2024.csv',
      './examples/location_dict.csv',
    ]);
    expect(pipeline?.stages.map((group) => group.map(({ name, show, explain }) => ({ name, show, explain })))).toEqual([
      [{ name: 'aggregated', show: null, explain: true }],
      [{ name: 'enriched', show: 10, explain: false }],
    ]);
    expect(pipeline?.destination?.location).toBe('./examples/output_jan_2024.parquet');
  });

  it.each([
    ['aqueduct_pipeline_example.yml', 'yaml', 64],
    ['aqueduct_pipeline_example.toml', 'toml', 56],
    ['aqueduct_pipeline_example.json', 'json', 49],
  ] as const)('reads %s up to its Delta destination', (name, syntax, line) => {
    const loaded = load(read(name), { local_path: '.', run_id: '1' });
    expect(loaded.syntax).toBe(syntax);
    expect(loaded.issues.filter(({ severity }) => severity !== 'info')).toMatchObject([
      { code: 'document.unsupported', severity: 'error', place: { line } },
    ]);
  });

  it('reads the ODBC pipeline up to its sources', () => {
    const { issues } = load(read('aqueduct_pipeline_odbc.yml'), { user: 'a', pass: 'b' });
    expect(issues.map(({ code, place }) => `${code} ${place?.line}`)).toEqual([
      'document.unsupported 5',
      'document.unsupported 11',
      'document.unsupported 57',
    ]);
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
