// Contract cases that cannot go through another process, with the reason.

export interface Excuse {
  readonly ways: readonly ('the command' | 'a relay')[];
  readonly reason: string;
  readonly cases: readonly string[];
}

export const cannot: readonly Excuse[] = [
  {
    ways: ['the command', 'a relay'],
    reason: 'A table in memory lives as long as the process of its run; these ask for it after that.',
    cases: [
      'a table that a run keeps is there for the next one, whole, and is replaced by the next',
      'a run may read the table that it replaces',
      'a run that fails or is cancelled while it writes leaves the kept table as it was',
      'a table that no run has kept is told with the one that may be meant',
      'a kept table can be removed',
    ],
  },
  {
    ways: ['the command'],
    reason: 'The command may read and write whatever its user may; nothing lies outside.',
    cases: ['a destination that cannot be written is told at its place, and the stages have run'],
  },
  {
    ways: ['the command'],
    reason: 'A process that is asked to stop before it listens ends as any other does, without a word.',
    cases: ['a run that is cancelled before it starts runs nothing'],
  },
  {
    ways: ['a relay'],
    reason:
      'A run this small may be over on the relay before the cancel that answers one of its events has come there.',
    cases: ['a cancel at any event ends the run, until the destination is done, and leaves nothing behind'],
  },
];
