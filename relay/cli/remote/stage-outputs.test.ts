import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chunkCharacters, type OutputPayload } from '../../../shared/protocol/aqueducts.ts';
import { StageOutputs, type StageText } from './stage-outputs.ts';

/** What an executor sends for a text, in order. */
function messagesOf(header: string, text: string): OutputPayload[] {
  const characters = Array.from(text);
  const chunks: OutputPayload[] = [];
  for (let at = 0; at < characters.length; at += chunkCharacters) {
    const body = characters.slice(at, at + chunkCharacters).join('');
    chunks.push({ type: 'output_chunk', sequence: chunks.length, body });
  }
  return [{ type: 'output_start', output_header: header }, ...chunks, { type: 'output_end', output_footer: '' }];
}

function take(messages: readonly OutputPayload[]): { told: StageText[]; rest: readonly StageText[] } {
  const outputs = new StageOutputs();
  const told = messages.flatMap((message) => outputs.add(message));
  return { told, rest: outputs.rest() };
}

it('puts an output together in whatever order its messages come', () => {
  const messages = messagesOf('header', 'é🦆\n'.repeat(30_000));
  const whole = 'é🦆\n'.repeat(30_000);
  fc.assert(
    fc.property(fc.shuffledSubarray(messages, { minLength: messages.length }), (shuffled) => {
      const { told, rest } = take(shuffled);
      expect(rest).toEqual([]);
      expect(told.map(({ header, text, complete }) => [header, text === whole, complete])).toEqual([
        ['header', true, true],
      ]);
    }),
    { numRuns: 50 },
  );
});

it('tells two outputs of one stage apart, a long one and a short one', () => {
  const long = 'x'.repeat(chunkCharacters + 1);
  const { told, rest } = take([...messagesOf('schema', '++\n++'), ...messagesOf('table', long)]);
  expect(rest).toEqual([]);
  expect(told.map(({ header, text }) => [header, text.length])).toEqual([
    ['schema', 5],
    ['table', long.length],
  ]);
});

it('says what is missing', () => {
  const [start, , last, end] = messagesOf('table', 'x'.repeat(chunkCharacters + 1));
  if (!start || !last || !end) throw new Error('There are four messages.');
  const { told, rest } = take([start, last, end]);
  expect(told).toEqual([]);
  expect(rest).toEqual([{ header: 'table', text: 'x', complete: false }]);
});
