// Plans as a relay makes them: asked for over HTTP, answered at once, not recorded.
import { failure, SluiceError } from '../../errors.ts';
import type { Column } from '../../platform.ts';
import type { Plan, PlannedDestination, PlannedSource, PlannedStage, Verdict } from '../plan.ts';
import type { PlanAnswer } from '../worker.ts';
import { z } from '../../zod.ts';
import { issueSchema, runSubmission } from './runs.ts';

export const planRequest = runSubmission
  .pick({ document: true, syntax: true, parameters: true, substituted: true })
  .meta({ id: 'PlanRequest', title: 'A pipeline to be planned' });

/** With its defaults filled in. */
export type PlanRequest = z.infer<typeof planRequest>;

const column: z.ZodType<Column> = z.object({ name: z.string(), type: z.string().describe('As DuckDB prints it.') });

const plannedSource: z.ZodType<PlannedSource> = z.object({
  name: z.string(),
  type: z.string().describe('As in the document, such as `file`.'),
  location: z.string().describe('Without credentials.').exactOptional(),
  columns: z.array(column).exactOptional(),
  bytes: z.int().describe('Of all its files, where they are known.').exactOptional(),
  files: z.int().exactOptional(),
});

const plannedStage: z.ZodType<PlannedStage> = z.object({
  name: z.string(),
  position: z.int().describe('Its group in the document, from 0 on.'),
  subPosition: z.int().describe('Its place in the group, from 0 on.'),
  execution: z.enum(['view', 'table']).describe('Computed where it is read, or once.'),
  reason: z.string().describe('Why it is a table.').exactOptional(),
  columns: z.array(column).exactOptional(),
  reads: z.array(z.string()).describe('The relations that its query reads.'),
});

const plannedDestination: z.ZodType<PlannedDestination> = z.object({
  name: z.string(),
  type: z.string(),
  location: z.string().describe('Without credentials.').exactOptional(),
  reads: z.string().describe('The relation that is written.').exactOptional(),
});

const verdict: z.ZodType<Verdict> = z.object({ possible: z.boolean(), reasons: z.array(issueSchema) });

const plan: z.ZodType<Plan> = z.object({
  sources: z.array(plannedSource),
  stages: z.array(plannedStage).describe('In the order in which they run.'),
  destination: plannedDestination.exactOptional(),
  places: z.object({ browser: verdict, relay: verdict }).describe('Where the pipeline can run.'),
  contacts: z.array(z.string()).describe('Origins and servers that a run talks to.'),
});

export const planAnswer: z.ZodType<PlanAnswer> = z
  .object({ plan: plan.describe('Absent where an issue is an error.').exactOptional(), issues: z.array(issueSchema) })
  .meta({ id: 'PlanAnswer', title: 'What a run would do' });

const refusal = z.object({ issue: issueSchema });

/**
 * The plan that a relay has answered. Fails with the issue that it answered instead, and with relay.unreachable for what no
 * relay answers.
 */
export function readPlanAnswer(status: number, body: string, host: string): PlanAnswer {
  const answered = parsed(body);
  const refused = refusal.safeParse(answered);
  if (refused.success) throw new SluiceError(refused.data.issue);
  const read = planAnswer.safeParse(answered);
  if (status === 200 && read.success) return read.data;
  throw failure('relay.unreachable', `${host} answers ${status} and no plan.`, {
    hint: 'Is this the address of a relay? An Aqueducts executor makes no plans.',
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // no relay's answer
  }
}
