// Interleaved timing: contenders take turns in one process, so that whatever else the machine does hits all alike.

export interface Contender {
  readonly name: string;
  /** One round of the work; answers milliseconds, measured by the contender itself. */
  readonly run: () => Promise<number>;
}

export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly rounds: readonly number[];
}

/** A measured value, and what it may be at most where that is asked. */
export interface Figure {
  readonly title: string;
  readonly value: number;
  readonly atMost?: number;
  /** `×` for a ratio, or a unit of measure with a space before it. */
  readonly unit: string;
  readonly detail: string;
}

/** Runs each contender once to warm up, then all of them in turn, in changing order, for some rounds. */
export async function interleave(contenders: readonly Contender[], rounds: number): Promise<Timing[]> {
  const times = contenders.map((): number[] => []);
  for (const contender of contenders) await contender.run();
  for (let round = 0; round < rounds; round++) {
    const order = contenders.map((_, index) => (index + round) % contenders.length);
    for (const index of order) times[index]?.push((await contenders[index]?.run()) ?? NaN);
  }
  return contenders.map(({ name }, index) => ({
    name,
    median: median(times[index] ?? []),
    rounds: times[index] ?? [],
  }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/**
 * How much longer one contender takes than another: the median of the ratios round by round, which neighbours in time
 * share their luck in.
 */
export function ratio(of: Timing, over: Timing): number {
  return median(of.rounds.map((time, round) => time / (over.rounds[round] ?? NaN)));
}

/** The value that so many of a hundred do not exceed. */
export function percentile(values: readonly number[], hundredths: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((hundredths / 100) * sorted.length) - 1)] ?? NaN;
}
