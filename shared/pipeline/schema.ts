// The schema of a pipeline: the single source of its types and its defaults (chapter 1 of the Aqueducts reference).
// A new source or destination type is a schema in its own file and a line here.
import { z } from '../zod.ts';
import { adviseFileDestination, fileDestination } from '../destinations/file.schema.ts';
import { filledText, type Advice } from '../formats/text.schema.ts';
import { adviseFileSource, fileSource } from '../sources/file.schema.ts';

const sourceSchema = z.discriminatedUnion('type', [fileSource]);
const destinationSchema = z.discriminatedUnion('type', [fileDestination]);

const wholeNumber = 'must be a whole number of 0 or more';

const stageSchema = z.object({
  name: filledText,
  /** One SELECT. */
  query: filledText,
  /** How many rows to show: null for none, 0 for as many as are ever shown. */
  show: z.int({ error: wholeNumber }).min(0, wholeNumber).nullable().default(null),
  explain: z.boolean().default(false),
  explain_analyze: z.boolean().default(false),
  print_schema: z.boolean().default(false),
});

export const pipelineSchema = z.object({
  version: z.string().default('v2'),
  sources: z.array(sourceSchema),
  /** Groups in order; the stages of a group run beside one another. */
  stages: z.array(z.array(stageSchema)),
  destination: destinationSchema.nullable().default(null),
});

export type Pipeline = z.infer<typeof pipelineSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Stage = z.infer<typeof stageSchema>;
export type Destination = z.infer<typeof destinationSchema>;

/** Fields that are accepted and have no effect, by the type that they belong to. */
const sourceAdvice: { [Type in Source['type']]: (source: Extract<Source, { type: Type }>) => Advice[] } = {
  file: adviseFileSource,
};
const destinationAdvice: {
  [Type in Destination['type']]: (destination: Extract<Destination, { type: Type }>) => Advice[];
} = { file: adviseFileDestination };

/** Everything in a valid pipeline that does not do what it seems to. */
export function adviseOn({ sources, destination }: Pipeline): Advice[] {
  return [
    ...sources.flatMap((source, index) => under(['sources', index], sourceAdvice[source.type](source))),
    ...(destination ? under(['destination'], destinationAdvice[destination.type](destination)) : []),
  ];
}

function under(path: Advice['path'], advice: readonly Advice[]): Advice[] {
  return advice.map((one) => ({ ...one, path: [...path, ...one.path] }));
}

/** Types that Aqueducts has and Sluice cannot run yet. */
export const laterTypes: Readonly<Record<string, readonly string[]>> = {
  'sources.*.type': ['in_memory', 'directory', 'odbc', 'delta'],
  'destination.type': ['in_memory', 'odbc', 'delta'],
};
