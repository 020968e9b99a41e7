import { RecordBatchReader } from 'apache-arrow';
import { connect as connectRaw } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { limits } from '../../../shared/protocol/limits.ts';
import { runSummary, type RunSummary } from '../../../shared/protocol/relay/runs.ts';
import { noticesRunner, untilCancelled } from '../../../tests/relay/scripted.ts';
import { httpClient as client } from '../../../tests/relay/http-client.ts';
import { startTestRelay, testKey } from '../../../tests/relay/start-relay.ts';

const document = `sources: []
stages:
  - - { name: result, query: "SELECT 42 AS answer", show: 5 }
  - - { name: later, query: "SELECT * FROM result", print_schema: true }
`;
const id = '6f1c0c0e-0000-4000-8000-000000000001';

describe('runs over HTTP', () => {
  it('are accepted, looked at, and give their events and outputs', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    const { get, post } = client(relay, 'ada');
    const accepted = await post('/api/runs', { document, id });
    expect([accepted.status, accepted.headers.get('Location')]).toEqual([202, `/api/runs/${id}`]);
    expect(runSummary.parse(await accepted.json()).submittedBy).toBe('ada');
    const text = await (await get(`/api/runs/${id}/events`)).text();
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; sequence: number });
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, index) => index));
    expect(events.at(-1)?.type).toBe('run_completed');
    const rest = await (await get(`/api/runs/${id}/events?after=${events.length - 2}&follow=false`)).text();
    expect(rest).toBe(`${JSON.stringify(events.at(-1))}\n`);
    expect(await (await get(`/api/runs/${id}/events?after=${events.length - 1}`)).text()).toBe('');
    expect(await (await get(`/api/runs/${id}`)).json()).toMatchObject({ id, state: 'succeeded' });
    const { outputs } = (await (await get(`/api/runs/${id}/outputs`)).json()) as { outputs: object[] };
    expect(outputs).toMatchObject([
      { index: 0, stage: 'result', kind: 'show', rows: 1, truncated: false, columns: [{ name: 'answer' }] },
      { index: 1, stage: 'later', kind: 'print_schema', columns: [{ name: 'answer' }] },
    ]);
    const rows = await get(`/api/runs/${id}/outputs/0`);
    expect(rows.headers.get('Content-Type')).toBe('application/vnd.apache.arrow.stream');
    const batches = [...RecordBatchReader.from(new Uint8Array(await rows.arrayBuffer()))];
    expect(batches.map(({ numRows }) => numRows)).toEqual([1]);
    expect(await (await get(`/api/runs/${id}/outputs/1`)).json()).toMatchObject({ kind: 'print_schema' });
    expect((await get(`/api/runs/${id}/outputs/2`)).status).toBe(404);
  });

  it('are listed in pages, the newest first', async () => {
    await using relay = await startTestRelay({ run: noticesRunner(1) });
    const { get, post } = client(relay);
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      ids.unshift(((await (await post('/api/runs', { document })).json()) as RunSummary).id);
    }
    const seen: string[] = [];
    for (let path = '/api/runs?limit=2'; path !== '';) {
      const { runs, next } = (await (await get(path)).json()) as { runs: RunSummary[]; next?: string };
      seen.push(...runs.map((run) => run.id));
      path = next === undefined ? '' : `/api/runs?limit=2&before=${next}`;
    }
    expect(seen).toEqual(ids);
    await expect.poll(async () => (await relay.queue.get(ids[0] ?? ''))?.state).toBe('succeeded');
    const failed = (await (await get('/api/runs?state=failed&state=cancelled')).json()) as { runs: [] };
    expect(failed.runs).toEqual([]);
  });

  it('have ids that mean the same in capitals (two runs were made of one)', async () => {
    await using relay = await startTestRelay({ run: noticesRunner(1) });
    const { get, post } = client(relay);
    const capitals = id.toUpperCase();
    for (const typed of [id, capitals]) {
      expect(await (await post('/api/runs', { document, id: typed })).json()).toMatchObject({ id });
    }
    expect(((await (await get('/api/runs')).json()) as { runs: [] }).runs).toHaveLength(1);
    expect(await (await get(`/api/runs/${capitals}`)).json()).toMatchObject({ id });
    expect(await (await get(`/api/runs?before=${capitals}`)).json()).toEqual({ runs: [] });
  });

  it('are not followed for a HEAD request, which kept a file open for ten minutes', async () => {
    await using relay = await startTestRelay({ run: untilCancelled });
    const { post } = client(relay);
    await post('/api/runs', { document, id });
    const followed = vi.spyOn(relay.queue, 'events');
    const head = await fetch(`${relay.address}/api/runs/${id}/events`, { method: 'HEAD' });
    expect([head.status, head.headers.get('Content-Type')]).toEqual([200, 'application/x-ndjson']);
    expect(followed).not.toHaveBeenCalled();
  });

  it('are cancelled once', async () => {
    await using relay = await startTestRelay({ run: untilCancelled });
    const { get, post } = client(relay);
    await post('/api/runs', { document, id });
    await expect.poll(() => relay.queue.counts.running).toBe(1);
    expect(await (await get('/api/queue')).json()).toMatchObject({ waiting: 0, running: 1, runs: [{ id }] });
    const first = await post(`/api/runs/${id}/cancel`);
    expect([first.status, await first.json()]).toEqual([202, { run: id, ended: false }]);
    await expect.poll(async () => (await relay.queue.get(id))?.state).toBe('cancelled');
    expect(await (await post(`/api/runs/${id}/cancel`)).json()).toEqual({ run: id, ended: true });
  });

  it('belong to the key that they were submitted with', async () => {
    const keys = [
      testKey('ada', ['run']),
      testKey('eve', ['run']),
      testKey('sue', ['read']),
      testKey('joe', ['cancel']),
    ];
    await using relay = await startTestRelay({ keys, run: untilCancelled });
    const [ada, eve, sue, joe] = ['ada', 'eve', 'sue', 'joe'].map((name) => client(relay, name));
    if (!ada || !eve || !sue || !joe) throw new Error('four clients');
    await ada.post('/api/runs', { document, id });
    const statuses = async ({ get, post }: typeof ada): Promise<number[]> => [
      (await get(`/api/runs/${id}`)).status,
      (await post(`/api/runs/${id}/cancel`)).status,
      (await post('/api/runs', { document })).status,
      (await get('/metrics')).status,
    ];
    expect(await statuses(eve)).toEqual([404, 404, 202, 403]);
    expect(await statuses(sue)).toEqual([200, 403, 403, 403]);
    expect(await statuses(joe)).toEqual([404, 202, 403, 403]);
    const listed = async ({ get }: typeof ada) => ((await (await get('/api/runs')).json()) as { runs: [] }).runs.length;
    expect([await listed(ada), await listed(eve), await listed(sue)]).toEqual([1, 1, 2]);
  });
});

describe('what is wrong', () => {
  it.each([
    ['no JSON', '{', 400, 'protocol.invalid'],
    ['no document', {}, 400, 'protocol.invalid'],
    ['a field too much', { document, more: 1 }, 400, 'protocol.invalid'],
    ['an id that is none', { document, id: 'x' }, 400, 'protocol.invalid'],
    ['a connection that cannot end', { document, whenLeft: 'cancel' }, 400, 'protocol.invalid'],
    ['too much', 'x'.repeat(limits.request.bytes + 1), 413, 'protocol.limit'],
  ])('%s is told with its reason', async (_name, body, status, code) => {
    await using relay = await startTestRelay();
    const answer = await client(relay).post('/api/runs', body);
    expect([answer.status, await answer.json()]).toMatchObject([
      status,
      { error: expect.any(String) as string, issue: { code } },
    ]);
  });

  it.each([
    '/api/nothing',
    '/api/runs/no-uuid',
    `/api/runs/${id}`,
    `/api/runs/${id}/events`,
    `/api/runs/${id}/outputs`,
  ])('%s is not there', async (path) => {
    await using relay = await startTestRelay();
    const answer = await client(relay).get(path);
    expect([answer.status, await answer.json()]).toMatchObject([404, { issue: { code: 'run.unknown' } }]);
  });

  it.each([
    ['PUT', '/api/runs', 'POST, GET, HEAD'],
    ['DELETE', `/api/runs/${id}`, 'GET, HEAD'],
    ['GET', '/api/plans', 'POST'],
    ['PATCH', '/api/health', 'GET, HEAD'],
  ])('%s %s is a method that the address does not know', async (method, path, allowed) => {
    await using relay = await startTestRelay();
    const answer = await fetch(`${relay.address}${path}`, { method });
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, allowed]);
    expect(await answer.json()).toMatchObject({ issue: { code: 'protocol.invalid' } });
  });

  it('a client that leaves while its body is read is no failure of the relay', async () => {
    await using relay = await startTestRelay();
    const [host = '', port = ''] = relay.authority.split(':');
    for (const framing of ['Content-Length: 1000', 'Transfer-Encoding: chunked']) {
      const socket = connectRaw(Number(port), host);
      socket.write(`POST /api/runs HTTP/1.1\r\nHost: ${relay.authority}\r\n${framing}\r\n\r\n2\r\n{"`, () =>
        socket.destroy(),
      );
      await new Promise((resolve) => socket.once('close', resolve));
    }
    await expect.poll(() => relay.logged().match(/"route":"\/api\/runs"/g)?.length).toBe(2);
    expect(relay.logged()).not.toContain('request failed');
    expect(relay.logged()).not.toContain('"status":500');
  });

  it('a full queue and a relay that stops say when to come again', async () => {
    await using relay = await startTestRelay({ run: untilCancelled, maxQueuedRuns: 0 });
    const { get, post } = client(relay);
    await post('/api/runs', { document });
    await expect.poll(() => relay.queue.counts.running).toBe(1);
    const full = await post('/api/runs', { document });
    expect([full.status, full.headers.get('Retry-After')]).toEqual([429, '5']);
    const stopped = relay.stop(60_000); // it waits for the run
    await expect.poll(async () => (await get('/api/ready')).status).toBe(503);
    expect((await get('/api/live')).status).toBe(200);
    expect((await post('/api/runs', { document })).status).toBe(503);
    for (const run of await relay.queue.list({ limit: 9 })) await relay.queue.cancel(run.id);
    await stopped;
    await expect(get('/api/live')).rejects.toThrow();
  });
});

describe('the rest of the API', () => {
  it('is open where it tells nothing', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    for (const path of ['/api/health', '/api/live', '/api/ready']) {
      const answer = await client(relay).get(path);
      expect([answer.status, await answer.text()]).toEqual([200, '{"status":"OK"}']);
    }
    for (const path of ['/api/runs', '/api/queue', '/metrics', `/api/runs/${id}`]) {
      const answer = await client(relay).get(path);
      expect([answer.status, await answer.json()]).toMatchObject([401, { issue: { code: 'key.missing' } }]);
    }
  });

  it('answers pages of allowed origins only, and those by name', async () => {
    const relay = { allowOrigins: ['https://page.example'] };
    await using started = await startTestRelay({ relay, gate: relay });
    const ask = (origin: string) => fetch(`${started.address}/api/runs`, { headers: { Origin: origin } });
    const allowed = await ask('https://page.example');
    expect([allowed.status, allowed.headers.get('Access-Control-Allow-Origin')]).toEqual([200, 'https://page.example']);
    const foreign = await ask('https://page.example.evil.example');
    expect([foreign.status, foreign.headers.get('Access-Control-Allow-Origin')]).toEqual([403, null]);
    const preflight = await fetch(`${started.address}/api/runs`, {
      ...{ method: 'OPTIONS' },
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('counts for Prometheus', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')], run: noticesRunner(1) });
    const { get, post } = client(relay, 'ada');
    await post('/api/runs', { document, id });
    await (await get(`/api/runs/${id}/events`)).text();
    const text = await (await get('/metrics')).text();
    expect(text).toContain('sluice_runs_ended_total{state="succeeded",code=""} 1');
    expect(text).toContain('sluice_run_seconds_count{state="succeeded"} 1');
    expect(text).toContain('sluice_run_wait_seconds_count 1');
    expect(text).toContain('sluice_submissions_total{protocol="http",result="accepted"} 1');
    expect(text).toMatch(/sluice_http_requests_total\{method="POST",route="\/api\/runs",status="202"\} 1/);
    expect(text).toContain('sluice_runs_waiting');
  });

  it('shows no secret in an answer, an event or the log', async () => {
    const canaries = ['canary-parameter', 'canary-header', 'ada-key'];
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    const headers = { 'X-API-Key': 'ada-key', 'X-Request-Id': 'canary-header!', Authorization: '' };
    const secret = `params:\n  token: { secret: true }\nsources: []\nstages:\n  - - { name: s, query: "SELECT nothing FROM \\"\${token}\\"" }\n`;
    const body = JSON.stringify({ id, document: secret, parameters: { token: canaries[0] ?? '' } });
    const accepted = await fetch(`${relay.address}/api/runs?q=canary-header`, { method: 'POST', headers, body });
    expect(accepted.status).toBe(202);
    const events = await (await fetch(`${relay.address}/api/runs/${id}/events`, { headers })).text();
    expect(events).toContain('run_failed');
    await fetch(`${relay.address}/api/runs`, { ...{ method: 'POST', headers }, body: 'canary-parameter' });
    for (const canary of canaries) {
      expect(events).not.toContain(canary);
      expect(relay.logged()).not.toContain(canary);
    }
  });
});
