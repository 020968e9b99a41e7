import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/protocol/limits.ts';
import { closeCodes, keySubprotocol, subprotocol } from '../../../shared/protocol/relay/messages.ts';
import { rowsOf } from '../../../shared/values/codec.ts';
import { decodeBatches } from '../../../shared/values/ipc.ts';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import { connect, roundTrip, type TestClient } from '../../../tests/relay/client.ts';
import { noticesRunner, sequencesOf, untilCancelled } from '../../../tests/relay/scripted.ts';
import { startTestRelay, testKey, type TestRelay } from '../../../tests/relay/start-relay.ts';
import { defaultLimits } from './connections.ts';

const document = 'sources: []\nstages:\n  - { name: result, query: "SELECT 42 AS answer", show: 5 }\n';

async function open(relay: TestRelay, name = 'ada'): Promise<TestClient> {
  const client = await connect(relay.address, [subprotocol], { headers: { 'X-API-Key': `${name}-key` } });
  expect(await client.next()).toMatchObject({ type: 'welcome', relay: 'test', version: '0.0.0' });
  return client;
}

async function submit(client: TestClient, more: object = {}): Promise<string> {
  client.send({ type: 'submit', request: 1, submission: { document, ...more } });
  const accepted = await client.next();
  expect(accepted).toMatchObject({ type: 'accepted', request: 1 });
  return (accepted['run'] as { id: string }).id;
}

const isLast = ({ event }: Record<string, unknown>): boolean =>
  /^run_(completed|failed|cancelled)$/.test((event as { type?: string } | undefined)?.type ?? '');
const counted = (most: number): number[] => Array.from({ length: most + 1 }, (_, index) => index);

describe('sluice.v1', () => {
  it('follows a run that it submits, rows as Arrow', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')] });
    const client = await open(relay);
    await submit(client);
    const messages = await client.until(isLast);
    const sequences = sequencesOf(messages);
    expect(sequences).toEqual(counted(sequences.length - 1));
    const shown = messages
      .map(({ event }) => event as RunEvent | undefined)
      .find((event) => event?.type === 'stage_output');
    if (shown?.type !== 'stage_output' || shown.output.kind !== 'show')
      throw new Error(JSON.stringify(messages.at(-1)));
    const [bytes = new Uint8Array()] = shown.output.batches;
    const columns = shown.output.columns;
    expect(decodeBatches(bytes).flatMap((batch) => rowsOf(batch, columns))).toEqual([[42]]);
    await client.close();
  });

  it('takes a key from a browser as a subprotocol and never sends it back', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ä')] });
    const key = Buffer.from('ä-key').toString('base64url');
    const client = await connect(relay.address, [`${keySubprotocol}${key}`, subprotocol]);
    expect(client.socket.protocol).toBe(subprotocol);
    await client.close();
    expect(relay.logged()).not.toContain(key);
  });

  it('goes on after a connection that was cut at any event, without a missed or doubled one', async () => {
    const count = 40;
    await using relay = await startTestRelay({ keys: [testKey('ada')], run: noticesRunner(count) });
    const first = await open(relay);
    const run = await submit(first);
    await first.until(isLast);
    await first.close();
    const last = count + 1;
    for (let cut = -1; cut <= last; cut++) {
      const client = await open(relay);
      client.send({ type: 'follow', request: 2, run, after: cut });
      expect(await client.next()).toMatchObject({
        type: 'following',
        request: 2,
        run: { id: run, lastSequence: last },
      });
      const missed = cut < last ? sequencesOf(await client.until(isLast)) : [];
      expect(missed).toEqual(counted(last).slice(cut + 1));
      client.socket.terminate();
    }
  });

  it('goes on where it was cut while the run goes on', async () => {
    let emit: (event: RunEvent) => void = () => undefined;
    await using relay = await startTestRelay({
      keys: [testKey('ada')],
      run: (_submission, tell) => {
        emit = tell;
        return Promise.resolve();
      },
    });
    const events = (from: number, to: number): void => {
      for (let sequence = from; sequence <= to; sequence++)
        emit({ type: 'stage_progress', name: 's', fraction: 0, sequence });
    };
    let client = await open(relay);
    const run = await submit(client);
    await expect.poll(() => relay.queue.counts.running).toBe(1);
    const seen: number[] = [];
    for (let cut = 0; cut < 20; cut++) {
      events(cut * 3, cut * 3 + 2);
      seen.push(
        ...sequencesOf(await client.until(({ event }) => (event as RunEvent | undefined)?.sequence === cut * 3 + 1)),
      );
      client.socket.terminate();
      client = await open(relay);
      client.send({ type: 'follow', request: 1, run, after: seen.at(-1) });
    }
    emit({ type: 'run_completed', durationMs: 0, sequence: 60 });
    seen.push(...sequencesOf(await client.until(isLast)));
    expect(seen).toEqual(counted(60));
    await client.close();
  });

  it('sends no more than the window until it hears that events were received; others are not slowed', async () => {
    const count = 3 * limits.window.events;
    await using relay = await startTestRelay({ keys: [testKey('ada')], run: noticesRunner(count) });
    const [slow, quick] = [await open(relay), await open(relay)];
    const run = await submit(slow);
    const first = await slow.until(
      ({ event }) => (event as RunEvent | undefined)?.sequence === limits.window.events - 1,
    );
    expect(sequencesOf(first)).toHaveLength(limits.window.events);
    quick.send({ type: 'follow', request: 1, run });
    const all: number[] = [];
    while (all.at(-1) !== count + 1) {
      all.push(...sequencesOf([await quick.next()]));
      quick.send({ type: 'received', run, sequence: all.at(-1) ?? -1 });
    }
    expect(all).toEqual(counted(count + 1));
    // an answer is the next that the slow one gets: no event was sent in between
    slow.send({ type: 'cancel', request: 9, run });
    expect(await slow.next()).toEqual({ type: 'cancelling', request: 9, run, ended: true });
    slow.send({ type: 'received', run, sequence: limits.window.events - 1 });
    expect(sequencesOf([await slow.next()])).toEqual([limits.window.events]);
    await Promise.all([slow.close(), quick.close()]);
  });

  it('holds little for a client that reads nothing at all, and serves others', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')], run: noticesRunner(200, 1024 * 1024) });
    const stalled = await open(relay);
    stalled.socket.pause();
    stalled.send({ type: 'submit', request: 1, submission: { document } });
    const living = await open(relay);
    await expect.poll(async () => (await relay.queue.list({ limit: 1 }))[0]?.state).toBe('succeeded');
    const [run] = await relay.queue.list({ limit: 1 });
    living.send({ type: 'follow', request: 1, run: run?.id });
    for (let last = -1; last < 201;) {
      const [sequence] = sequencesOf([await living.next()]);
      if (sequence === undefined) continue;
      last = sequence;
      living.send({ type: 'received', run: run?.id, sequence });
    }
    // it answers no ping, so that it is dropped, and the other one is not; not at once, for it may be slow
    for (let round = 0; round <= defaultLimits.slowPings; round++) {
      expect(relay.connections).toBe(2);
      const pinged = new Promise((resolve) => living.socket.once('ping', resolve));
      relay.ping();
      await pinged;
      await roundTrip(living);
    }
    relay.ping();
    await expect.poll(() => relay.connections).toBe(1);
    stalled.socket.terminate();
    await living.close();
  });

  it('cancels, once', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')], run: untilCancelled });
    const client = await open(relay);
    const run = await submit(client);
    await client.until(({ type }) => type === 'event');
    client.send({ type: 'cancel', request: 5, run });
    const messages = await client.until(({ type }) => type === 'cancelling');
    expect(messages.at(-1)).toEqual({ type: 'cancelling', request: 5, run, ended: false });
    client.send({ type: 'cancel', request: 6, run });
    const second = await client.until(({ request }) => request === 6);
    expect(second.at(-1)).toEqual({ type: 'cancelling', request: 6, run, ended: true });
    await client.close();
  });

  it.each(['cancel', 'continue'] as const)('does what was wanted when its client leaves: %s', async (whenLeft) => {
    await using relay = await startTestRelay({ keys: [testKey('ada')], run: untilCancelled });
    const client = await open(relay);
    const run = await submit(client, { whenLeft });
    await client.until(({ type }) => type === 'event');
    client.socket.terminate();
    await expect.poll(() => relay.connections).toBe(0);
    if (whenLeft === 'cancel') await expect.poll(async () => (await relay.queue.get(run))?.state).toBe('cancelled');
    else expect((await relay.queue.get(run))?.state).toBe('running');
  });

  it('takes an id once', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada'), testKey('eve', ['run'])] });
    const client = await open(relay);
    const id = '6f1c0c0e-0000-4000-8000-000000000001';
    expect(await submit(client, { id })).toBe(id);
    await client.until(isLast);
    expect(await submit(client, { id })).toBe(id);
    await client.until(isLast);
    expect(await relay.queue.list({ limit: 9 })).toHaveLength(1);
    const eve = await open(relay, 'eve');
    eve.send({ type: 'submit', request: 1, submission: { document, id } });
    expect(await eve.next()).toMatchObject({ type: 'refused', request: 1, issue: { code: 'run.forbidden' } });
    for (const type of ['follow', 'cancel']) {
      eve.send({ type, request: 2, run: id });
      expect(await eve.next()).toMatchObject({ type: 'refused', request: 2, issue: { code: 'run.unknown' } });
    }
    await Promise.all([client.close(), eve.close()]);
  });

  it('refuses what it does not understand, and tells which request it was', async () => {
    await using relay = await startTestRelay({ keys: [testKey('ada')], run: untilCancelled });
    const client = await open(relay);
    const messages: [object, number | undefined][] = [
      [{ type: 'dance', request: 3 }, 3],
      [{ type: 'submit', request: 4 }, 4],
      [{ type: 'submit', request: -1, submission: { document } }, undefined],
      [{ type: 'follow', request: 5, run: 'no uuid' }, 5],
      [{ type: 'submit', request: 6, submission: { document, extra: 1 } }, 6],
    ];
    for (const [message, request] of messages) {
      client.send(message);
      const refusal = await client.next();
      expect(refusal).toMatchObject({ type: 'refused', issue: { code: 'protocol.invalid' } });
      expect(refusal['request']).toBe(request);
    }
    const run = await submit(client);
    await client.until(({ type }) => type === 'event');
    client.send({ type: 'received', run, sequence: 7 });
    expect(await client.next()).toMatchObject({ type: 'refused', issue: { code: 'protocol.invalid' } });
    client.send({ type: 'follow', request: 8, run });
    expect(await client.next()).toMatchObject({ type: 'refused', request: 8 });
    client.send({ type: 'unfollow', run });
    client.send({ type: 'follow', request: 9, run, after: 0 });
    expect(await client.next()).toMatchObject({ type: 'following', request: 9 });
    client.send('no JSON');
    expect(await client.closed).toBe(closeCodes.protocol);
  });
});
