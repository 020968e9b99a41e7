import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from './document.ts';
import { pipelineJsonSchema } from './json-schema.ts';
import { objections } from './schema-oracle.ts';

const schema = pipelineJsonSchema();
const examples = join(import.meta.dirname, '../../examples');
const pipelines = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /pipeline\.\w+$/.test(name),
);

const faultsOf = (text: string): string[] => objections(parseDocument(text).document?.value, schema, schema, '');

describe('the JSON Schema', () => {
  // Parameters may stand where numbers are wanted, and examples may show older spellings; an editor underlines both.
  it.each(pipelines)('fits the example %s', (name) => {
    const text = readFileSync(join(examples, name), 'utf8');
    const uncommon = /\$\{|file_type|type: (?:Csv|File)/.test(text);
    if (!uncommon) expect(faultsOf(text)).toEqual([]);
    expect(parseDocument(text).document).toBeDefined();
  });

  it('takes a flat list of stages, and numbers for defaults of parameters', () => {
    expect(faultsOf('params: {a: {default: 1, enum: [1, 2]}}\nsources: []\nstages: [{name: a, query: q}]')).toEqual([]);
    expect(faultsOf('sources: []\nstages: [[{name: a, query: q}]]')).toEqual([]);
    expect(faultsOf('sources: []\nstages: [[{name: a}]]')).toHaveLength(1);
  });

  it('describes every field', () => {
    for (const [title, { properties = {} }] of [
      ['Pipeline', schema] as const,
      ...Object.entries(schema.definitions ?? {}),
    ]) {
      for (const [name, { description, $ref }] of Object.entries(properties))
        expect(`${title} ${name} ${description ?? $ref ?? ''}`).toMatch(/\S+ \S+ \S/);
    }
  });

  it('marks what Aqueducts does not have', () => {
    const marked = Object.entries(schema.properties ?? {}).filter(([, field]) => field['x-addition']);
    expect(marked.map(([name]) => name)).toEqual(['dialect', 'params']);
  });
});
