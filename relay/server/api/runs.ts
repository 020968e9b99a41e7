// Runs over HTTP: submit, list, look at, cancel; their events and what their stages have shown.
import { Hono, type Context } from 'hono';
import { asSluiceError, failure } from '../../../shared/errors.ts';
import { runIdSchema, runSubmission } from '../../../shared/protocol/relay/runs.ts';
import type { Services } from '../services.ts';
import { eventsQuery, listQuery } from './answers.ts';
import { checked } from '../checked.ts';
import { bodyOf, limitedBody } from './body.ts';
import type { ApiContext } from './context.ts';
import { eventStream } from './events.ts';
import { expiry } from './expiry.ts';
import { pageOf } from './lists.ts';
import { arrowStream, describeOutput, listOutputs, outputsOf, type FoundOutput } from './outputs.ts';

const arrowType = 'application/vnd.apache.arrow.stream';
/** Runs that /queue lists. */
const mostQueued = 500;

export function runRoutes({ metrics, log }: Services): Hono<ApiContext> {
  const app = new Hono<ApiContext>();
  app.use('/runs', limitedBody);
  app.post('/runs', async (context) => {
    const submission = checked(runSubmission, await bodyOf(context));
    if (submission.whenLeft === 'cancel') {
      throw failure('protocol.invalid', 'A run that is submitted over HTTP has no connection that could end.', {
        hint: 'Leave whenLeft out, or submit it on a socket.',
      });
    }
    try {
      const run = await context.var.runs.submit(submission);
      metrics.submissions.inc({ protocol: 'http', result: 'accepted' });
      log.debug({ run: run.id, request: context.var.requestId }, 'run submitted');
      return context.json(run, 202, { Location: `/api/runs/${run.id}` });
    } catch (thrown) {
      metrics.submissions.inc({ protocol: 'http', result: asSluiceError(thrown).code });
      throw thrown;
    }
  });
  app.get('/runs', async (context) => {
    const { state, limit, ...filter } = checked(listQuery, queryOf(context));
    const states = state === undefined ? undefined : [state].flat();
    const runs = await context.var.runs.list({ ...filter, states, limit: limit + 1 });
    return context.json(pageOf(runs, limit));
  });
  app.get('/runs/:id', async (context) => context.json(await context.var.runs.watched(idOf(context))));
  app.post('/runs/:id/cancel', async (context) => {
    const id = idOf(context);
    const stopping = await context.var.runs.cancel(id);
    return context.json({ run: id, ended: !stopping }, 202);
  });
  app.get('/runs/:id/events', async (context) => {
    const { after, follow } = checked(eventsQuery, queryOf(context));
    const run = await context.var.runs.watched(idOf(context));
    const left = new AbortController();
    const nothing = follow === 'false' && after >= run.lastSequence;
    const events = nothing ? none() : context.var.runs.events(run.id, after, left.signal);
    const last = follow === 'true' ? Infinity : run.lastSequence;
    const headers = { 'Content-Type': 'application/x-ndjson' };
    // a HEAD request is answered by this route, and nobody would read a body
    if (context.req.method === 'HEAD') return context.body(null, 200, headers);
    const revoked = expiry(context.var.key, left.signal);
    const stream = eventStream(events, { last, abort: () => left.abort(), revoked });
    return context.body(stream, 200, headers);
  });
  app.get('/runs/:id/outputs', async (context) => {
    return context.json(await listOutputs(foundOutputs(context)));
  });
  app.get('/runs/:id/outputs/:index', async (context) => {
    for await (const found of foundOutputs(context)) {
      if (String(found.index) !== context.req.param('index')) continue;
      if (found.output.kind !== 'show') return context.json(describeOutput(found));
      return context.body(Uint8Array.from(arrowStream(found.output)), 200, { 'Content-Type': arrowType });
    }
    throw failure('run.unknown', 'The run has no such output, or not yet.');
  });
  app.get('/queue', async (context) => {
    const { waiting, running } = context.var.runs.counts;
    const runs = await context.var.runs.list({ states: ['waiting', 'running'], limit: mostQueued });
    return context.json({ waiting, running, ...pageOf(runs, mostQueued) });
  });
  return app;
}

async function* foundOutputs(context: Context<ApiContext>): AsyncGenerator<FoundOutput> {
  const run = await context.var.runs.watched(idOf(context));
  const done = new AbortController();
  try {
    yield* outputsOf(context.var.runs.events(run.id, -1, done.signal), run.lastSequence);
  } finally {
    done.abort();
  }
}

function none(): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) };
}

/** One value as text, several as a list. */
function queryOf(context: Context): Record<string, string | string[]> {
  const entries = Object.entries(context.req.queries());
  return Object.fromEntries(entries.map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]));
}

function idOf(context: Context): string {
  const id = runIdSchema.safeParse(context.req.param('id'));
  if (id.success) return id.data;
  throw failure('run.unknown', 'The id of a run is a UUID.');
}
