// The largest sizes of what crosses a border: one table, which docs/relay.md repeats. Each size fits into every limit on
// its way: an event into the window, the message that carries it, the journal.

const mebibyte = 1024 * 1024;

export const limits = {
  /** A pipeline as text. */
  document: { characters: mebibyte, depth: 64, values: 50_000 },
  /** Values for `${name}`; `characters` is of all names and values together. */
  parameters: { count: 1000, nameCharacters: 256, valueCharacters: 64 * 1024, characters: mebibyte },
  /** A request's body over HTTP, or a client's message in sluice.v1: no legitimate one nests deeper or lists more. */
  request: { bytes: 8 * mebibyte, depth: 16, values: 10_000 },
  /** A message in Aqueducts' protocol, which has the document itself in it. */
  execution: { bytes: 8 * mebibyte, depth: 68, values: 50_100 },
  /** What is told of a request that is not as it should be. */
  report: { issues: 10, characters: 2000 },
  /** An event of a run as it is encoded. */
  event: { bytes: 4 * mebibyte },
  /** Rows of a stage, or rows that break a check, in one event. */
  preview: { rows: 10_000, bytes: 3 * mebibyte },
  /** Events of one run that are on their way before the relay hears of their receipt: whichever comes first. */
  window: { events: 256, bytes: 8 * mebibyte },
  /** A message that a relay sends. */
  message: { bytes: 8 * mebibyte },
  /** A message of an executor that is none of ours, which sends outputs in small pieces. */
  executorMessage: { bytes: 64 * mebibyte },
  /** A list over HTTP; what does not fit is on the next page. */
  answer: { bytes: 8 * mebibyte },
  /** What a list tells of one run: characters of its parameters, and of each text of its error. */
  listed: { parameterCharacters: 2048, errorCharacters: 1024 },
} as const;

/** Milliseconds: how long nothing is heard until a side asks whether the other one is there, and until it is given up. */
export const heartbeat = { interval: 5000, patience: 15_000 } as const;
