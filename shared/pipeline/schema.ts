// The schema of a pipeline: the single source of its types, its defaults, its JSON Schema and the tables of options
// (chapter 1 of the Aqueducts reference). A new source or destination type is a schema in its own file and a line here.
import { z } from '../zod.ts';
import { deltaDestination } from '../destinations/delta.schema.ts';
import { adviseFileDestination, fileDestination } from '../destinations/file.schema.ts';
import { inMemoryDestination } from '../destinations/in_memory.schema.ts';
import { odbcDestination } from '../destinations/odbc.schema.ts';
import { addition } from '../formats/addition.ts';
import { filledText, relationName, under, wholeNumber, type Advice } from '../formats/text.schema.ts';
import { checks } from '../sources/checks.schema.ts';
import { adviseDeltaSource, deltaSource } from '../sources/delta.schema.ts';
import { directorySource } from '../sources/directory.schema.ts';
import { adviseFileSource, fileSource } from '../sources/file.schema.ts';
import { inMemorySource } from '../sources/in_memory.schema.ts';
import { inlineSource } from '../sources/inline.schema.ts';
import { odbcSource } from '../sources/odbc.schema.ts';
import { dialects, type Dialect } from '../sql/dialect.ts';
import { parameterDefinitions } from './parameters/definition.schema.ts';

const sourceSchema = z.discriminatedUnion('type', [
  fileSource,
  directorySource,
  inlineSource,
  inMemorySource,
  odbcSource,
  deltaSource,
]);

const destinationSchema = z.discriminatedUnion('type', [
  fileDestination,
  inMemoryDestination,
  odbcDestination,
  deltaDestination,
]);

const stageSchema = z
  .object({
    name: relationName,
    query: filledText.describe('One SELECT over the sources and the stages of earlier groups.'),
    show: wholeNumber
      .nullable()
      .default(null)
      .describe('How many rows to show. Without it none are; 0 shows as many as are ever shown.'),
    explain: z.boolean().default(false).describe('Whether to show how the query will run.'),
    explain_analyze: z
      .boolean()
      .default(false)
      .describe('Whether to run the query once more and show what took how long.'),
    print_schema: z.boolean().default(false).describe('Whether to show the columns and their types.'),
    checks,
  })
  .meta({ title: 'Stage' });

/** A document in canonical spelling. */
export const pipelineSchema = z
  .object({
    version: z.string().default('v2').describe('The version of Aqueducts that the document is written for.'),
    dialect: addition(
      z.enum(dialects).optional(),
      'How queries are read where DuckDB and DataFusion differ. Without it, a document that states a version means `datafusion`, any other `duckdb`.',
    ),
    params: parameterDefinitions,
    sources: z.array(sourceSchema).describe('What the pipeline reads.'),
    stages: z
      .array(z.array(stageSchema))
      .describe('Groups of queries. Groups run in order, the stages of a group beside one another.'),
    destination: destinationSchema
      .nullable()
      .default(null)
      .describe('Where the rows of the last stage of the last group go.'),
  })
  .meta({ title: 'Pipeline', description: 'Sources, stages of SQL, and a destination.' });

/** A document in canonical spelling, with its defaults. */
export type Document = z.infer<typeof pipelineSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Stage = z.infer<typeof stageSchema>;
export type Destination = z.infer<typeof destinationSchema>;

export interface Pipeline extends Omit<Document, 'dialect'> {
  readonly dialect: Dialect;
  /** Whether the document says its dialect or a version that has one. */
  readonly dialectStated: boolean;
  /** Whether the stages stood in a flat list: each is a group of its own, yet to be ordered by its references. */
  readonly flat: boolean;
}

/** The dialect of documents of a version; undefined where it says none. */
export function versionDialect(version: string): Dialect | undefined {
  return version === 'v1' || version === 'v2' ? 'datafusion' : undefined;
}

/** Everything in a valid pipeline that does not do what it seems to. */
export function adviseOn({ version, sources, destination }: Document): Advice[] {
  const versions = 'There are `v1` and `v2`.';
  return [
    ...(versionDialect(version)
      ? []
      : [{ path: ['version'], message: `\`${version}\` is no version.`, hint: versions }]),
    ...sources.flatMap((source, index) => under(['sources', index], adviseSource(source))),
    ...(destination ? under(['destination'], adviseDestination(destination)) : []),
  ];
}

function adviseSource(source: Source): Advice[] {
  if (source.type === 'delta') return adviseDeltaSource(source);
  return source.type === 'file' || source.type === 'directory' ? adviseFileSource(source) : [];
}

function adviseDestination(destination: Destination): Advice[] {
  return destination.type === 'file' ? adviseFileDestination(destination) : [];
}
