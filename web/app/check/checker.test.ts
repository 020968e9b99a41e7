import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkText } from './answer.ts';
import { createChecker, patience, type CheckWorker } from './checker.ts';
import type { FromChecker, ToChecker } from './messages.ts';

/** A Worker that answers when it is told to. */
class FakeWorker implements CheckWorker {
  onmessage: CheckWorker['onmessage'] = null;
  onerror: CheckWorker['onerror'] = null;
  onmessageerror: CheckWorker['onmessageerror'] = null;
  readonly asked: ToChecker[] = [];
  ended = false;

  postMessage(message: ToChecker): void {
    this.asked.push(structuredClone(message));
  }

  terminate(): void {
    this.ended = true;
  }

  /** Answers the question that it was asked as `index`. */
  answer(index: number): void {
    const asked = this.asked[index];
    if (asked?.question !== 'check') throw new Error(`Nothing to check was asked as ${index}.`);
    this.send({ kind: 'answer', id: asked.id, output: checkText(asked.input) });
  }

  send(data: FromChecker): void {
    this.onmessage?.call(this as never, new MessageEvent('message', { data: structuredClone(data) }));
  }

  fail(message: string): void {
    const event = Object.assign(new Event('error', { cancelable: true }), { message });
    this.onerror?.call(this as never, event as ErrorEvent);
  }
}

function started() {
  const workers: FakeWorker[] = [];
  const checker = createChecker(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { checker, workers };
}

const request = (text: string) => ({ text, parameters: {} });

afterEach(() => vi.useRealTimers());

describe('the checker', () => {
  it('starts its Worker with the first question', async () => {
    const { checker, workers } = started();
    expect(workers).toHaveLength(0);
    const checked = checker.check(request('sources: []\nstages: []\n'));
    workers[0]?.answer(0);
    expect(await checked).toMatchObject({ syntax: 'yaml', issues: [], parameters: [] });
  });

  it('checks the newest text next and answers the others with nothing', async () => {
    const { checker, workers } = started();
    const first = checker.check(request('a'));
    const second = checker.check(request('ab'));
    const third = checker.check(request('sources: ['));
    expect(await second).toBeUndefined();
    expect(workers[0]?.asked).toMatchObject([{ input: { text: 'a' } }]);
    workers[0]?.answer(0);
    expect(await first).toBeUndefined();
    workers[0]?.answer(1);
    expect(await third).toMatchObject({ issues: [{ code: 'document.syntax' }] });
    expect(workers[0]?.asked.map((asked) => asked.input)).toMatchObject([{ text: 'a' }, { text: 'sources: [' }]);
  });

  it('tells when its Worker fails, and works again with a fresh one', async () => {
    const { checker, workers } = started();
    const lost = checker.check(request('a'));
    workers[0]?.fail('out of memory');
    await expect(lost).rejects.toMatchObject({ issue: { code: 'engine.failed', cause: 'out of memory' } });
    expect(workers[0]?.ended).toBe(true);
    const next = checker.check(request('sources: []\nstages: []\n'));
    workers[1]?.answer(0);
    expect(await next).toMatchObject({ issues: [] });
  });

  it('gives up a text that takes too long when a newer one waits', async () => {
    vi.useFakeTimers();
    const { checker, workers } = started();
    const slow = checker.check(request('slow'));
    await vi.advanceTimersByTimeAsync(2 * patience);
    expect(workers[0]?.ended).toBe(false);
    const newer = checker.check(request('sources: []\nstages: []\n'));
    await vi.advanceTimersByTimeAsync(patience);
    expect(await slow).toBeUndefined();
    expect(workers[0]?.ended).toBe(true);
    workers[1]?.answer(0);
    expect(await newer).toMatchObject({ issues: [] });
  });

  it('fetches the schema once, and again after a failure', async () => {
    const { checker, workers } = started();
    const lost = checker.schema();
    workers[0]?.fail('gone');
    await expect(lost).rejects.toMatchObject({ issue: { code: 'engine.failed' } });
    const schema = checker.schema();
    expect(checker.schema()).toBe(schema);
    workers[1]?.send({ kind: 'answer', id: workers[1].asked[0]?.id ?? 0, output: { title: 'Pipeline' } });
    expect(await schema).toEqual({ title: 'Pipeline' });
  });

  it('answers nothing more once it is closed', async () => {
    const { checker, workers } = started();
    const lost = checker.check(request('a'));
    checker.close();
    await expect(lost).rejects.toMatchObject({ issue: { code: 'engine.closed' } });
    await expect(checker.check(request('b'))).rejects.toMatchObject({ issue: { code: 'engine.closed' } });
    expect(workers).toHaveLength(1);
  });
});
