// Runs as a relay speaks of them, over HTTP and on sockets. The OpenAPI document is generated from these schemas.
import { issueCodes, type Issue, type IssueCode } from '../../errors.ts';
import { z } from '../../zod.ts';
import { limits } from '../limits.ts';

const moment = z.iso.datetime().describe('A moment in UTC, such as `2026-01-31T12:00:00.000Z`.');
/** UUIDs mean the same in capitals (RFC 9562, section 4): they are in small letters from here on. */
const runId = z.uuid().toLowerCase().describe('The id of a run.');
const sequence = z.int().min(-1).describe('The number of an event of a run, from 0 on; -1 is before the first.');

const place = z
  .object({
    line: z.int(),
    column: z.int(),
    endLine: z.int(),
    endColumn: z.int(),
    offset: z.int(),
    endOffset: z.int(),
  })
  .describe('A stretch of the document as it was sent; lines and columns count from 1.');

export const issueSchema: z.ZodType<Issue> = z
  .object({
    code: z.enum(Object.keys(issueCodes) as [IssueCode, ...IssueCode[]]).describe('What it is, for programs.'),
    severity: z.enum(['error', 'warning', 'info']),
    message: z.string().describe('What it is, for a person.'),
    hint: z.string().describe('What to try next.').exactOptional(),
    path: z
      .array(z.union([z.string(), z.int()]))
      .readonly()
      .exactOptional(),
    place: place.exactOptional(),
    query: z.object({ sql: z.string(), offset: z.int() }).exactOptional(),
    cause: z.string().describe('The message underneath.').exactOptional(),
  })
  .meta({ id: 'Issue', title: 'Issue' });

const { count, nameCharacters, valueCharacters, characters } = limits.parameters;

const parameters = z
  .record(z.string().max(nameCharacters), z.string().max(valueCharacters))
  .refine((given) => Object.keys(given).length <= count, `Give at most ${count} parameters.`)
  .refine((given) => lengthOf(given) <= characters, `Parameters may have at most ${characters} characters together.`);

function lengthOf(given: Readonly<Record<string, string>>): number {
  return Object.entries(given).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
}

export const runSubmission = z
  .strictObject({
    document: z.string().min(1).max(limits.document.characters).describe('The pipeline, as YAML, JSON or TOML.'),
    syntax: z.enum(['yaml', 'json', 'toml']).describe('What the text is; it tells by itself.').exactOptional(),
    parameters: parameters.default({}).describe('Values for `${name}`.'),
    substituted: z.boolean().default(false).describe('Whether parameters are replaced already, in canonical JSON.'),
    id: runId.describe('Chosen by the client, so that sending it again starts nothing twice.').exactOptional(),
    whenLeft: z
      .enum(['continue', 'cancel'])
      .default('continue')
      .describe('What becomes of the run when the connection that submitted it ends.'),
    preview: z
      .int()
      .min(0)
      .max(limits.preview.rows)
      .default(0)
      .describe('Rows of every stage that are sent when it has run, although it shows none by itself.'),
  })
  .meta({ id: 'RunSubmission', title: 'A run to be accepted' });

/** A submission with its defaults filled in. */
export type RunSubmission = z.infer<typeof runSubmission>;

export const runStates = ['waiting', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'] as const;

/** `interrupted`: the relay died while it ran. */
export type RunState = (typeof runStates)[number];

export const runSummary = z
  .object({
    id: runId,
    state: z.enum(runStates),
    position: z.int().min(0).describe('How many wait before it, while it waits.').exactOptional(),
    submittedBy: z.string().describe('The name of the key that it was submitted with.'),
    parameters: z.record(z.string(), z.string()).describe('As they were given; secrets are masked.'),
    parametersLeftOut: z
      .int()
      .describe('How many parameters a list does not repeat; the run itself has all.')
      .exactOptional(),
    acceptedAt: moment,
    startedAt: moment.exactOptional(),
    endedAt: moment.exactOptional(),
    rows: z.int().describe('Rows that the destination got.').exactOptional(),
    error: issueSchema.describe('Why it failed.').exactOptional(),
    lastSequence: sequence.describe('The number of its latest event.'),
  })
  .meta({ id: 'RunSummary', title: 'A run' });

export type RunSummary = z.infer<typeof runSummary>;

/** Whether nothing more will happen to the run. */
export function hasEnded({ state }: Pick<RunSummary, 'state'>): boolean {
  return state !== 'waiting' && state !== 'running';
}

export { runId as runIdSchema, sequence as sequenceSchema };
