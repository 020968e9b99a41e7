import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { asSluiceError } from '../../../shared/errors.ts';
import { readPlanAnswer } from '../../../shared/protocol/relay/plans.ts';
import { httpClient as client } from '../../../tests/relay/http-client.ts';
import { startTestRelay, testKey } from '../../../tests/relay/start-relay.ts';

const document = 'sources: []\nstages: [[{ name: a, query: "SELECT 1" }]]\n';

describe('plans over HTTP', () => {
  it('are answered at once, and are not recorded', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')], files: { 'in.csv': 'a,b\n1,x\n' } });
    const { get, post } = client(relay, 'ada');
    const reads = `sources: [{ type: file, name: data, location: in.csv, format: csv }]
stages: [[{ name: result, query: "SELECT a FROM data" }]]`;
    const answered = await post('/api/plans', { document: reads });
    expect(answered.status).toBe(200);
    const { plan } = readPlanAnswer(200, await answered.text(), relay.authority);
    expect(plan?.sources).toMatchObject([{ name: 'data', files: 1, bytes: 8 }]);
    expect(plan?.stages).toMatchObject([{ name: 'result', reads: ['data'], columns: [{ name: 'a', type: 'BIGINT' }] }]);
    const wrong = await post('/api/plans', { document: reads.replace('in.csv', 'missing.csv') });
    const { issues } = readPlanAnswer(200, await wrong.text(), relay.authority);
    expect(issues[0]).toMatchObject({ code: 'file.not_found', place: { line: 1 } });
    // where the folder lies on the relay's machine is nobody's business
    expect(JSON.stringify(issues)).not.toContain(tmpdir());
    expect(await (await get('/api/runs')).json()).toEqual({ runs: [] });
  });

  it('want the right to run, and a document', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada'), testKey('eve', ['read'])] });
    const refusedOf = async (name: string | undefined, body: unknown): Promise<[number, string | undefined]> => {
      const answer = await client(relay, name).post('/api/plans', body);
      const text = await answer.text();
      return [answer.status, codeOf(() => readPlanAnswer(answer.status, text, relay.authority))];
    };
    expect(await refusedOf(undefined, { document })).toEqual([401, 'key.missing']);
    expect(await refusedOf('eve', { document })).toEqual([403, 'run.forbidden']);
    expect(await refusedOf('ada', { document, preview: 3 })).toEqual([400, 'protocol.invalid']);
    expect(await refusedOf('ada', '{')).toEqual([400, 'protocol.invalid']);
    expect(codeOf(() => readPlanAnswer(404, 'Not found', 'somewhere'))).toBe('relay.unreachable');
  });
});

function codeOf(task: () => unknown): string | undefined {
  try {
    task();
    return undefined;
  } catch (thrown) {
    return asSluiceError(thrown).code;
  }
}
