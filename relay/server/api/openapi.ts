// The OpenAPI document (version 3.1, whose schemas are JSON Schema) of the relay's HTTP, made from the zod schemas.
import { issueSchema, runSubmission, runSummary } from '../../../shared/protocol/relay/runs.ts';
import { z } from '../../../shared/zod.ts';
import { planAnswer, planRequest } from '../../../shared/protocol/relay/plans.ts';
import * as answers from './answers.ts';

/** Schemas by their names in the document; what is sent is described as it may be sent, defaults left out. */
const sent = { RunSubmission: runSubmission, PlanRequest: planRequest };
const answered = {
  Issue: issueSchema,
  Failure: answers.failureAnswer,
  Status: answers.statusAnswer,
  Run: runSummary,
  RunList: answers.runList,
  Cancel: answers.cancelAnswer,
  Queue: answers.queueAnswer,
  Output: answers.outputAnswer,
  OutputList: answers.outputList,
  Plan: planAnswer,
};

type Answered = keyof typeof answered;

/** The document as JSON, made once: it never changes while the relay runs. */
export function openApiText(): string {
  return (text ??= JSON.stringify(openApiDocument()));
}

let text: string | undefined;

export function openApiDocument() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sluice relay',
      version: '1',
      description: 'Submits pipelines to a relay, and looks at their runs. The sockets are described in docs/relay.md.',
    },
    security: [{ key: [] }, { bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
      schemas: { ...schemasOf(sent, 'input'), ...schemasOf(answered, 'output') },
    },
  };
}

const run = { name: 'id', in: 'path', required: true, description: 'The id of a run.', schema: uuid() };

const paths = {
  '/api/health': { get: open('Whether the relay answers, as Aqueducts tells it.', { 200: json('Status') }) },
  '/api/live': { get: open('Whether the process works.', { 200: json('Status') }) },
  '/api/ready': {
    get: open('Whether runs are accepted.', { 200: json('Status'), 503: json('Status', 'It is shutting down.') }),
  },
  '/api/openapi.json': { get: open('This document.', { 200: { description: 'OpenAPI 3.1.' } }) },
  '/api/runs': {
    post: {
      ...operation('Submits a run. The same id again answers the run that there is.', {
        202: { ...json('Run', 'The run is recorded, and goes on whatever becomes of the relay.') },
        400: json('Failure'),
        413: json('Failure', 'The body is too large.'),
        429: json('Failure', 'The queue is full, or too many wrong keys came; try again after Retry-After.'),
        503: json('Failure', 'The relay is shutting down.'),
      }),
      requestBody: { required: true, content: { 'application/json': { schema: reference('RunSubmission') } } },
    },
    get: {
      ...operation('Lists runs, the newest first.', { 200: json('RunList'), 400: json('Failure') }),
      parameters: inQuery(answers.listQuery),
    },
  },
  '/api/runs/{id}': {
    get: { ...operation('A run.', { 200: json('Run'), 404: json('Failure') }), parameters: [run] },
  },
  '/api/runs/{id}/cancel': {
    post: {
      ...operation('Cancels a run; it ends within half a second.', { 202: json('Cancel'), 404: json('Failure') }),
      parameters: [run],
    },
  },
  '/api/runs/{id}/events': {
    get: {
      ...operation('The events of a run, a JSON object a line; bytes are `{"$base64": "…"}`.', {
        200: { description: 'Ends after the last event.', content: { 'application/x-ndjson': {} } },
        400: json('Failure'),
        404: json('Failure'),
      }),
      parameters: [run, ...inQuery(answers.eventsQuery)],
    },
  },
  '/api/runs/{id}/outputs': {
    get: {
      ...operation('What stages have shown so far, without rows.', { 200: json('OutputList'), 404: json('Failure') }),
      parameters: [run],
    },
  },
  '/api/runs/{id}/outputs/{index}': {
    get: {
      ...operation('One output.', {
        200: {
          description: 'Rows as an Arrow IPC stream; a query plan or a schema as JSON.',
          content: {
            'application/vnd.apache.arrow.stream': {},
            'application/json': { schema: reference('Output') },
          },
        },
        404: json('Failure'),
      }),
      parameters: [run, { name: 'index', in: 'path', required: true, schema: { type: 'integer', minimum: 0 } }],
    },
  },
  '/api/plans': {
    post: {
      ...operation('Tells what a run would do, without running it. Waits for no run, and is not recorded.', {
        200: json('Plan', 'The plan, or the issues that there is none for.'),
        400: json('Failure'),
        413: json('Failure', 'The body is too large.'),
        422: json('Failure', 'It takes more time or memory than it may.'),
        429: json(
          'Failure',
          'Too many plans are being made, or too many wrong keys came; try again after Retry-After.',
        ),
        503: json('Failure', 'The relay is shutting down.'),
      }),
      requestBody: { required: true, content: { 'application/json': { schema: reference('PlanRequest') } } },
    },
  },
  '/api/queue': { get: operation('What is running and waiting.', { 200: json('Queue') }) },
  '/metrics': {
    get: operation('For Prometheus.', { 200: { description: 'Its text format.', content: { 'text/plain': {} } } }),
  },
};

function schemasOf(schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output') {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` }).schemas;
  const names = ['$schema', '$id', 'id'];
  const kept = (schema: object) => Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)));
  return Object.fromEntries(Object.entries(made).map(([id, schema]) => [id, kept(schema)]));
}

function operation(summary: string, responses: Readonly<Record<number, object>>) {
  const refused = {
    401: json('Failure', 'No key, or a wrong one.'),
    403: json('Failure', 'The key does not allow it.'),
    429: json('Failure', 'Too many wrong keys came from this address; try again after Retry-After.'),
  };
  return { summary, responses: { ...refused, ...responses } };
}

function open(summary: string, responses: Readonly<Record<number, object>>) {
  return { summary, security: [], responses };
}

function json(name: Answered, description = answered[name].description ?? name) {
  return { description, content: { 'application/json': { schema: reference(name) } } };
}

function reference(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function inQuery(schema: z.ZodObject) {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => ({ name, in: 'query', schema: property }));
}

function uuid() {
  return { type: 'string', format: 'uuid' };
}
