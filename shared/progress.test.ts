import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Progress } from './progress.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

it('tells rising shares, at most ten a second, and nothing while none is known', () => {
  let percentage = -1;
  const told: number[] = [];
  const progress = new Progress(
    () => percentage,
    (fraction) => told.push(fraction),
  );
  const after = (milliseconds: number, next: number): void => {
    vi.advanceTimersByTime(milliseconds);
    percentage = next;
    progress.look();
  };
  after(100, -1);
  after(100, 25);
  after(50, 30);
  after(50, 50);
  after(100, 40);
  after(100, 101);
  expect(told).toEqual([0.25, 0.5, 1]);
});
