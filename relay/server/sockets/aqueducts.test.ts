// The stock Aqueducts client, byte by byte: connect, submit, progress, outputs, Ctrl+C.
import { describe, expect, it } from 'vitest';
import { connect } from '../../../tests/relay/client.ts';
import { startTestRelay, testKey } from '../../../tests/relay/start-relay.ts';
import { fromExecutor } from '../../../shared/protocol/aqueducts.ts';

const headers = { 'X-API-Key': 'ada-key' };
const isEnd = ({ type }: Record<string, unknown>): boolean =>
  type === 'execution_succeeded' || type === 'execution_error';

/** A pipeline as Aqueducts writes it: canonical JSON. */
function pipelineOf(query: string, more: object = {}) {
  return { version: 'v2', sources: [], stages: [[{ name: 'result', query, ...more }]] };
}

const endless = pipelineOf('SELECT sum(x * y) AS s FROM range(10000000) a(x), range(10000000) b(y)', { show: 1 });

describe('the Aqueducts protocol', () => {
  it('says what a stock client expects, in order and to the byte', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')], files: { 'a.csv': 'id\n1\n2\n' } });
    const client = await connect(relay.address, [], { headers });
    const lines: string[] = [];
    client.socket.on('message', (data: Buffer) => lines.push(data.toString('utf8')));
    const source = {
      ...{ type: 'file', name: 'a', location: 'a.csv' },
      format: { type: 'csv', options: { has_header: true, delimiter: ',' } },
    };
    const pipeline = { ...pipelineOf('SELECT id + 1 AS next FROM a ORDER BY id', { show: 0 }), sources: [source] };
    client.send({ type: 'execution_request', pipeline });
    const messages = await client.until(isEnd);
    const id = String(messages[0]?.['execution_id']);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    for (const message of messages) expect(fromExecutor.safeParse(message).success).toBe(true);
    const rule = '─'.repeat(39);
    const table = '+------+\n| next |\n+------+\n| 2    |\n| 3    |\n+------+\n';
    const told = lines.map((line) => line.replaceAll(id, 'ID').replace(/"duration_ms":\d+/, '"duration_ms":0'));
    const of = '"execution_id":"ID"';
    const place = '"name":"result","position":0,"sub_position":0';
    expect(told).toEqual([
      `{"type":"execution_response",${of}}`,
      `{"type":"queue_position",${of},"position":0}`,
      `{"type":"progress_update",${of},"progress":0,"event":{"type":"started"}}`,
      `{"type":"progress_update",${of},"progress":25,"event":{"type":"source_registered","name":"a"}}`,
      `{"type":"progress_update",${of},"progress":50,"event":{"type":"stage_started",${place}}}`,
      `{"type":"stage_output",${of},"stage_name":"result","payload":{"type":"output_start","output_header":${JSON.stringify(`\n📋 Table Data: result\n${rule}\n`)}}}`,
      `{"type":"stage_output",${of},"stage_name":"result","payload":{"type":"output_chunk","sequence":0,"body":${JSON.stringify(table)}}}`,
      `{"type":"stage_output",${of},"stage_name":"result","payload":{"type":"output_end","output_footer":""}}`,
      `{"type":"progress_update",${of},"progress":75,"event":{"type":"stage_completed",${place},"duration_ms":0}}`,
      `{"type":"progress_update",${of},"progress":100,"event":{"type":"completed","duration_ms":0}}`,
      `{"type":"execution_succeeded",${of}}`,
    ]);
    await client.close();
  });

  it('stops the work on Ctrl+C, says so, and then ends the execution once', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    const client = await connect(relay.address, [], { headers });
    client.send({ type: 'execution_request', pipeline: endless });
    const [first] = await client.until(
      ({ event }) => (event as { type?: string } | undefined)?.type === 'stage_started',
    );
    const id = String(first?.['execution_id']);
    // the stock command sends it again and again until it is answered; any form of UUID will do
    client.send({ type: 'cancel_request', execution_id: `urn:uuid:${id}` });
    client.send({ type: 'cancel_request', execution_id: id.replaceAll('-', '').toUpperCase() });
    const end = (await client.until(isEnd)).map(({ type }) => type).slice(-3);
    expect(end).toEqual(['cancel_response', 'cancel_response', 'execution_error']);
    expect(relay.queue.counts).toEqual({ waiting: 0, running: 0 });
    client.send({ type: 'cancel_request', execution_id: id });
    expect(await client.next()).toEqual({ type: 'cancel_response', execution_id: id });
    await client.close();
  });

  it('tells waiting clients their position, and cancels from another connection', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    const [running, waiting, other] = await Promise.all([0, 1, 2].map(() => connect(relay.address, [], { headers })));
    if (!running || !waiting || !other) throw new Error('three clients');
    running.send({ type: 'execution_request', pipeline: endless });
    const started = await running.until(({ type }) => type === 'progress_update');
    waiting.send({ type: 'execution_request', pipeline: pipelineOf('SELECT 1 AS x') });
    const [response, position] = [await waiting.next(), await waiting.next()];
    expect([response['type'], position['type'], position['position']]).toEqual([
      ...['execution_response', 'queue_position'],
      0,
    ]);
    const id = String(started[0]?.['execution_id']);
    other.send({ type: 'cancel_request', execution_id: id });
    expect(await other.next()).toEqual({ type: 'cancel_response', execution_id: id });
    expect((await running.until(isEnd)).at(-1)).toMatchObject({ type: 'execution_error', execution_id: id });
    expect((await waiting.until(isEnd)).at(-1)).toMatchObject({ type: 'execution_succeeded' });
    await Promise.all([running.close(), waiting.close(), other.close()]);
  });

  it('goes on when its client has gone', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    const client = await connect(relay.address, [], { headers });
    client.send({ type: 'execution_request', pipeline: pipelineOf('SELECT 1 AS x') });
    const { execution_id: id } = await client.next();
    client.socket.terminate();
    await expect.poll(async () => (await relay.queue.get(String(id)))?.state).toBe('succeeded');
  });

  it('answers what it cannot follow', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    const client = await connect(relay.address, [], { headers });
    const nobody = '00000000-0000-0000-0000-000000000000';
    const unknown = '6f1c0c0e-0000-4000-8000-000000000000';
    const messages: [string, string][] = [
      ['{', nobody],
      ['"text"', nobody],
      ['{"type":"other"}', nobody],
      ['{"type":"execution_request"}', nobody],
      ['{"type":"execution_request","pipeline":7}', nobody],
      ['{"type":"cancel_request"}', nobody],
      ['{"type":"cancel_request","execution_id":"no uuid"}', nobody],
      ['['.repeat(1_000_000), nobody],
      [`{"type":"cancel_request","execution_id":"${unknown}"}`, unknown],
    ];
    for (const [text, id] of messages) {
      client.send(text);
      expect(await client.next()).toMatchObject({ type: 'execution_error', execution_id: id });
    }
    client.socket.send(Buffer.from([1, 2, 3]));
    expect(await client.next()).toMatchObject({ type: 'execution_error', execution_id: nobody });
    await client.close();
  });

  it('keeps all digits of numbers in a pipeline', async () => {
    let document = '';
    await using relay = await startTestRelay({
      keys: [testKey('ada')],
      run: (submission, emit) => {
        document = submission.document;
        emit({ type: 'run_completed', durationMs: 0, sequence: 0 });
        return Promise.resolve();
      },
    });
    const client = await connect(relay.address, [], { headers });
    client.send('{"type":"execution_request","pipeline":{"sources":[{"rows":[[9007199254740993, 1.10]]}]}}');
    await client.until(isEnd);
    expect(document).toBe('{"sources":[{"rows":[[9007199254740993,1.10]]}]}');
    await client.close();
  });

  it('says that the queue is full', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')], maxQueuedRuns: 0 });
    const client = await connect(relay.address, [], { headers });
    client.send({ type: 'execution_request', pipeline: endless });
    await client.until(({ type }) => type === 'progress_update');
    client.send({ type: 'execution_request', pipeline: pipelineOf('SELECT 1 AS x') });
    const refusal = (await client.until(isEnd)).at(-1);
    expect(refusal).toMatchObject({
      type: 'execution_error',
      message: expect.stringContaining('No more runs') as string,
    });
    await client.close();
  });
});
