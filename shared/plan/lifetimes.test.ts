import { describe, expect, it } from 'vitest';
import { decide, lastUse, type BoundStage } from './lifetimes.ts';

const stage = (
  name: string,
  group: number,
  reads: Record<string, number>,
  more: Partial<BoundStage> = {},
): BoundStage => ({
  ...{ name, group, shown: false, written: false, parted: false, volatile: false, checked: false, dynamic: false },
  reads: new Map(Object.entries(reads)),
  ...more,
});

const uses = (stages: BoundStage[]): Record<string, number> => Object.fromEntries(lastUse(stages, decide(stages)));

describe('decide', () => {
  it('keeps a stage that is read once as a view', () => {
    const decisions = decide([stage('a', 0, {}), stage('b', 1, { a: 1 }, { written: true })]);
    expect(decisions.get('a')).toEqual({ execution: 'view' });
    expect(decisions.get('b')).toEqual({ execution: 'view' });
  });

  it('makes a table of what is read twice, by one reader or by two', () => {
    expect(decide([stage('a', 0, {}), stage('b', 1, { a: 2 })]).get('a')?.execution).toBe('table');
    const two = decide([stage('a', 0, {}), stage('b', 1, { a: 1 }), stage('c', 1, { a: 1 })]);
    expect(two.get('a')).toEqual({ execution: 'table', reason: 'it is read 2 times' });
  });

  it('makes a table of what is shown and used, but not of what is only shown', () => {
    expect(decide([stage('a', 0, {}, { shown: true, written: true })]).get('a')?.execution).toBe('table');
    expect(decide([stage('a', 0, {}, { shown: true })]).get('a')?.execution).toBe('view');
  });

  it('makes a table of what is written in parts, because its values are counted first', () => {
    expect(decide([stage('a', 0, {}, { written: true, parted: true })]).get('a')?.execution).toBe('table');
  });

  it('makes a table of what is volatile and used', () => {
    expect(decide([stage('a', 0, {}, { volatile: true, written: true })]).get('a')?.execution).toBe('table');
  });
});

describe('decide, for checks and PIVOT', () => {
  it('makes a table of what is checked, though nobody else reads it', () => {
    const decision = decide([stage('a', 0, {}, { checked: true })]).get('a');
    expect(decision).toEqual({ execution: 'table', reason: 'it is checked' });
  });

  it('makes a table of what has its columns from its rows', () => {
    const decision = decide([stage('a', 0, {}, { dynamic: true })]).get('a');
    expect(decision).toEqual({ execution: 'table', reason: 'its columns come from its rows' });
  });
});

describe('lastUse', () => {
  it('is the group of the last reader', () => {
    expect(uses([stage('a', 0, {}), stage('b', 1, { a: 2 }), stage('c', 2, { a: 1, b: 2 })])).toEqual({ a: 2, b: 2 });
  });

  it('reaches through views to where they are read', () => {
    const stages = [
      stage('table', 0, {}),
      stage('view', 1, { table: 2 }),
      stage('between', 2, {}),
      stage('result', 3, { view: 1 }, { shown: true }),
    ];
    expect(uses(stages)).toEqual({ table: 3, view: 3 });
  });

  it('never ends for what the destination reads, through views as well', () => {
    const stages = [stage('table', 0, {}, { shown: true }), stage('view', 1, { table: 1 }, { written: true })];
    expect(uses(stages)).toEqual({ table: Infinity, view: Infinity });
  });
});
