// Writes what is made from the schema of a pipeline: docs/pipeline.schema.json for editors, docs/options.md for people.
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { pipelineJsonSchema } from '../../shared/pipeline/json-schema.ts';
import { optionTables } from './options.ts';

const style = { printWidth: 120 };

export async function writeDocumentation(): Promise<void> {
  const schema = pipelineJsonSchema();
  const json = await format(JSON.stringify(schema), { ...style, parser: 'json' });
  const tables = await format(optionTables(schema), { ...style, parser: 'markdown' });
  writeFileSync('docs/pipeline.schema.json', json);
  writeFileSync('docs/options.md', tables);
}
