// The table of limits in the code, in the documentation, and among themselves.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heartbeat, limits } from '../../shared/protocol/limits.ts';
import { defaultMaxJournalBytes } from '../queue/options.ts';

const mebi = (bytes: number): string => `${bytes / 1024 ** 2} MiB`;
const count = (number: number): string => number.toLocaleString('en-US');
const mega = (characters: number): string => `${characters / 1024 ** 2} Mi characters`;
const { document, parameters, request, execution, report, event, preview, window, message, answer, listed } = limits;

const rows: [string, string][] = [
  ['a document', `${mega(document.characters)}, ${document.depth} levels, ${count(document.values)} values`],
  [
    'parameters',
    `${count(parameters.count)}; a name ${parameters.nameCharacters}, a value ${count(parameters.valueCharacters)}, ` +
      `all together ${mega(parameters.characters)}`,
  ],
  [
    "a request's body, a message of sluice.v1",
    `${mebi(request.bytes)}, ${request.depth} levels, ${count(request.values)} values`,
  ],
  [
    "a message of Aqueducts' protocol",
    `${mebi(execution.bytes)}, ${execution.depth} levels, ${count(execution.values)} values`,
  ],
  ['what is told of a wrong request', `${report.issues} findings, ${count(report.characters)} characters`],
  ['an event', mebi(event.bytes)],
  ['rows of a stage, or samples of a check, in an event', `${count(preview.rows)} rows, ${mebi(preview.bytes)}`],
  ['events of a run on their way, not yet received', `${window.events} or ${mebi(window.bytes)}`],
  ['a message that a relay sends', mebi(message.bytes)],
  ['an answer over HTTP that is a list or a plan', `${mebi(answer.bytes)}; \`next\` leads on`],
  [
    'a run in a list',
    `${count(listed.parameterCharacters)} characters of parameters, ${count(listed.errorCharacters)} of each text of its error`,
  ],
];

describe('the limits', () => {
  it('are those that docs/relay.md tells', () => {
    const told = readFileSync('docs/relay.md', 'utf8').replaceAll(/ *\| */g, '|');
    for (const [what, limit] of rows) expect(told).toContain(`|${what}|${limit}|`);
    expect(told).toContain(`a client after ${heartbeat.patience / 1000} s`);
  });

  it('let the largest event pass everything on its way', () => {
    // the frame around an event has a type and an id
    const frame = event.bytes + 1024;
    for (const limit of [window.bytes, message.bytes, limits.executorMessage.bytes, defaultMaxJournalBytes]) {
      expect(frame).toBeLessThan(limit);
    }
    expect(preview.bytes).toBeLessThan(event.bytes);
    // its bytes as base64, over HTTP
    expect((frame * 4) / 3).toBeLessThan(answer.bytes);
  });
});
