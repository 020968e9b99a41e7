// `sluice schema`: the JSON Schema of a pipeline, for editors.
import { Command } from 'commander';
import { pipelineJsonSchema } from '../../../shared/pipeline/json-schema.ts';
import { jsonText } from '../output/json-reporter.ts';
import { print } from '../streams.ts';

export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema of a pipeline')
    .action(() => print(`${jsonText(pipelineJsonSchema(), 2)}\n`));
}
