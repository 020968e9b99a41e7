// What clients send has a largest size, and so has every answer.
import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/protocol/limits.ts';
import type { RunSummary } from '../../../shared/protocol/relay/runs.ts';
import { connect } from '../../../tests/relay/client.ts';
import { subprotocol } from '../../../shared/protocol/relay/messages.ts';
import { noticesRunner } from '../../../tests/relay/scripted.ts';
import { startTestRelay, type TestRelay } from '../../../tests/relay/start-relay.ts';
import { pageOf } from './lists.ts';

const document = 'sources: []\nstages: [[{ name: a, query: "SELECT 1" }]]\n';
const { parameters, report } = limits;

async function post(relay: TestRelay, body: unknown, path = '/api/runs') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${relay.address}${path}`, { method: 'POST', headers, body: text });
  return { status: answer.status, text: await answer.text() };
}

function named(count: number, value: (index: number) => unknown): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`name${index}`, value(index)]));
}

const tooMuch: [string, unknown, number][] = [
  ['480,000 parameters', { document, parameters: named(480_000, () => '') }, 413],
  ['too many parameters', { document, parameters: named(parameters.count + 1, () => '') }, 400],
  ['a long value', { document, parameters: { a: 'x'.repeat(parameters.valueCharacters + 1) } }, 400],
  ['a long name', { document, parameters: { ['x'.repeat(parameters.nameCharacters + 1)]: '' } }, 400],
  ['long values together', { document, parameters: named(20, () => 'x'.repeat(parameters.valueCharacters)) }, 400],
  ['a long document', { document: 'x'.repeat(limits.document.characters + 1) }, 400],
  ['700,000 parameters that are numbers', { document, parameters: named(420_000, (index) => index) }, 413],
  ['4,000 parameters that are numbers', { document, parameters: named(4000, (index) => index) }, 400],
  ['4,000 unknown fields', { document, ...named(4000, (index) => index) }, 400],
  ['a long unknown field', { document, ['x'.repeat(1e6)]: 1 }, 400],
  ['deep JSON', `${'['.repeat(3_900_000)}${']'.repeat(3_900_000)}`, 413],
  ['deep JSON in a field', `{"document":"a","x":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`, 413],
];

describe('a request that is too large', () => {
  it.each(tooMuch)('%s is refused with its reason, in few words', async (_name, body, status) => {
    await using relay = await startTestRelay({ run: noticesRunner(0) });
    for (const path of ['/api/runs', '/api/plans']) {
      const answer = await post(relay, body, path);
      expect(answer.status).toBe(status);
      expect(JSON.parse(answer.text)).toMatchObject({
        issue: { code: status === 413 ? 'protocol.limit' : 'protocol.invalid' },
      });
      expect(answer.text.length).toBeLessThan(3 * report.characters);
    }
    expect((await relay.queue.list({ limit: 9 })).length).toBe(0);
  });

  it.each(tooMuch)('%s is answered on a socket of sluice.v1, too', async (_name, body) => {
    await using relay = await startTestRelay({ run: noticesRunner(0) });
    const client = await connect(relay.address, [subprotocol]);
    await client.next();
    const submission = typeof body === 'string' ? body : JSON.stringify(body);
    client.send(`{"type":"submit","request":7,"submission":${submission}}`);
    const answer = await client.next();
    expect(answer).toMatchObject({ type: 'refused' });
    expect(JSON.stringify(answer).length).toBeLessThan(3 * report.characters);
    await client.close();
  });

  it('deep JSON or very many values are refused to clients of Aqueducts before they become a tree', async () => {
    await using relay = await startTestRelay({ run: noticesRunner(0) });
    const client = await connect(relay.address);
    const longText = JSON.stringify('x'.repeat(limits.document.characters));
    for (const pipeline of [
      `${'['.repeat(1e6)}${']'.repeat(1e6)}`,
      `{"a":[${'1,'.repeat(3e6)}1]}`,
      `{"a":${longText}}`,
    ]) {
      client.send(`{"type":"execution_request","pipeline":${pipeline}}`);
      const answer = await client.next();
      expect(answer).toMatchObject({ type: 'execution_error', message: expect.not.stringContaining('bug') as string });
      expect(JSON.stringify(answer).length).toBeLessThan(report.characters);
    }
    expect(relay.logged()).not.toContain('could not be answered');
    await client.close();
  });

  it('what is as large as it may be is taken', async () => {
    await using relay = await startTestRelay({ run: noticesRunner(0) });
    const given = named(parameters.count, () => 'x'.repeat(1000));
    expect((await post(relay, { document, parameters: given })).status).toBe(202);
    const longest = document.padEnd(limits.document.characters, '#');
    expect((await post(relay, { document: longest, parameters: {} })).status).toBe(202);
  });
});

describe('a list of runs', () => {
  const run: RunSummary = {
    ...{ id: '6f1c0c0e-0000-4000-8000-000000000001', state: 'failed', submittedBy: 'ada', lastSequence: 3 },
    ...{ parameters: { long: 'x'.repeat(60_000), short: 'y' }, acceptedAt: '2026-01-31T12:00:00.000Z' },
    error: { code: 'sql.failed', severity: 'error', message: '\u0001'.repeat(20_000_000), cause: 'because' },
  };

  it('repeats neither long parameters nor long errors, and says what it left out', () => {
    const [listed] = pageOf([run], 10).runs;
    expect(listed).toMatchObject({ parameters: { short: 'y' }, parametersLeftOut: 1, error: { cause: 'because' } });
    expect(listed?.parameters).not.toHaveProperty('long');
    expect(JSON.stringify(listed).length).toBeLessThan(10_000);
  });

  it('is never larger than an answer may be, and goes on after its last run', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ ...run, submittedBy: `${index}` }));
    const page = pageOf(many, 5000);
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(limits.answer.bytes);
    expect(page.runs.length).toBeGreaterThan(100);
    expect(page.next).toBe(run.id);
  });

  it('over HTTP leaves the parameters to the run itself', async () => {
    await using relay = await startTestRelay({ run: noticesRunner(0) });
    const id = run.id;
    await post(relay, { document, id, parameters: run.parameters });
    const get = async (path: string) =>
      (await (await fetch(`${relay.address}${path}`)).json()) as Record<string, unknown>;
    expect(await get('/api/runs')).toMatchObject({ runs: [{ id, parameters: { short: 'y' }, parametersLeftOut: 1 }] });
    expect(await get(`/api/runs/${id}`)).toMatchObject({ id, parameters: run.parameters });
  });
});
