// What the API answers, as schemas; the OpenAPI document is made from them.
import { issueSchema, runIdSchema, runStates, runSummary } from '../../../shared/protocol/relay/runs.ts';
import { z } from '../../../shared/zod.ts';

export const failureAnswer = z
  .object({ error: z.string().describe('The message of the issue.'), issue: issueSchema })
  .describe('Why a request is not followed.');

export const statusAnswer = z.object({ status: z.string() });

export const runList = z.object({
  runs: z.array(runSummary).describe('The newest first.'),
  next: runIdSchema.describe('For `before`, when there are more.').exactOptional(),
});

export const cancelAnswer = z.object({
  run: runIdSchema,
  ended: z.boolean().describe('Whether there was nothing left to cancel.'),
});

export const queueAnswer = z.object({
  waiting: z.int().describe('How many runs wait, whoever submitted them.'),
  running: z.int().describe('How many run.'),
  runs: z.array(runSummary).describe('Those that the key may see, the newest first.'),
  next: runIdSchema.describe('The last of these, where there are more.').exactOptional(),
});

const column = z.object({ name: z.string(), type: z.string().describe('As DuckDB prints it.') });

export const outputAnswer = z
  .looseObject({
    index: z.int(),
    stage: z.string(),
    kind: z.enum(['show', 'explain', 'print_schema']),
    columns: z.array(column).describe('Of rows and of a schema.').exactOptional(),
    rows: z.int().exactOptional(),
    truncated: z.boolean().describe('Whether the stage has more rows.').exactOptional(),
  })
  .describe('What a stage has shown, without its rows.');

export const outputList = z.object({
  outputs: z.array(outputAnswer),
  truncated: z
    .literal(true)
    .describe('There are more than an answer may have; ask for them by their index.')
    .exactOptional(),
});

export const listQuery = z.object({
  state: z
    .union([z.enum(runStates), z.array(z.enum(runStates))])
    .describe('Only runs in this state; may be given several times.')
    .exactOptional(),
  submittedBy: z.string().describe('Only runs of this key.').exactOptional(),
  before: runIdSchema.describe('Only runs accepted before this one.').exactOptional(),
  limit: z.coerce.number().int().min(1).max(500).default(50).describe('How many at most.'),
});

export const eventsQuery = z.object({
  after: z.coerce.number().int().min(-1).default(-1).describe('Only events after this one.'),
  follow: z.enum(['true', 'false']).default('true').describe('Whether to wait for events that are still to come.'),
});
