import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkCharacters, fromExecutor, type FromExecutor } from '../../../shared/protocol/aqueducts.ts';
import type { RunEventBody, StageOutput } from '../../../shared/protocol/events.ts';
import { chunksOf, projection } from './projection.ts';

const id = '6f1c0c0e-0000-4000-8000-000000000001';

function project(events: readonly RunEventBody[]): FromExecutor[] {
  const messages = projection(id);
  return events.flatMap((event, sequence) => [...messages({ ...event, sequence })]);
}

function stage(name: string, output?: StageOutput): RunEventBody[] {
  const place = { name, position: 0, subPosition: 0 };
  return [
    { type: 'stage_started', ...place, execution: 'table' },
    ...(output ? [{ type: 'stage_output', name, output } as const] : []),
    { type: 'stage_completed', ...place, durationMs: 1 },
  ];
}

describe('the projection', () => {
  it.each([
    ['show', { kind: 'show', columns: [], batches: [], rows: 0, truncated: false }, '📋 Table Data: s'],
    ['a part', { kind: 'show', columns: [], batches: [], rows: 0, truncated: true }, '📋 Table Data (Preview): s'],
    ['explain', { kind: 'explain', plan: [], analyzed: false }, '🔍 Query Plan: s'],
    ['analyze', { kind: 'explain', plan: [], analyzed: true }, '📊 Query Metrics: s'],
    ['schema', { kind: 'print_schema', columns: [{ name: 'a', type: 'INTEGER' }] }, '🔢 Schema: s'],
  ] as const)('gives %s the header of Aqueducts', (_name, output, title) => {
    const [start] = project(stage('s', output)).flatMap((message) =>
      message.type === 'stage_output' && message.payload.type === 'output_start' ? [message.payload.output_header] : [],
    );
    expect(start).toBe(`\n${title}\n${'─'.repeat(39)}\n`);
  });

  it('tells percent that never fall, are never over 100, and end there', () => {
    const stages = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 });
    fc.assert(
      fc.property(stages, fc.nat(20), (names, planned) => {
        const plan = { sources: [], stages: Array<object>(planned).fill({}), contacts: [], places: {} };
        const events = [
          { type: 'run_started' },
          { type: 'planned', plan },
          ...names.flatMap((name) => stage(name)),
          { type: 'run_completed', durationMs: 1 },
        ] as RunEventBody[];
        const percent = project(events).flatMap((message) =>
          message.type === 'progress_update' ? [message.progress] : [],
        );
        expect(percent).toEqual([...percent].sort((a, b) => a - b));
        expect([percent[0], percent.at(-1)]).toEqual([0, 100]);
      }),
    );
  });

  it('ends with one message, whichever way a run ends', () => {
    const issue = { code: 'sql.failed', severity: 'error', message: 'It broke.', hint: 'Mend it.' } as const;
    const ends: [RunEventBody, FromExecutor][] = [
      [
        { type: 'run_completed', durationMs: 1 },
        { type: 'execution_succeeded', execution_id: id },
      ],
      [
        { type: 'run_failed', issue, durationMs: 1 },
        { type: 'execution_error', execution_id: id, message: 'It broke. Mend it.' },
      ],
      [
        { type: 'run_cancelled', durationMs: 1 },
        { type: 'execution_error', execution_id: id, message: 'The run was cancelled.' },
      ],
    ];
    for (const [event, last] of ends) {
      const messages = project([{ type: 'run_started' }, event]);
      expect(messages.at(-1)).toEqual(last);
      expect(messages.filter(({ type }) => /^execution_/.test(type))).toHaveLength(1);
      for (const message of messages) expect(fromExecutor.parse(message)).toEqual(message);
    }
  });

  it('cuts text between characters, so that its pieces are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), fc.integer({ min: 1, max: 7 }), (text, most) => {
        const pieces = [...chunksOf(text, most)];
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) expect(Array.from(piece).length).toBeLessThanOrEqual(most);
        for (const piece of pieces.slice(0, -1)) expect(Array.from(piece).length).toBe(most);
      }),
    );
    expect([...chunksOf('🙂'.repeat(chunkCharacters + 1))].map((piece) => piece.length)).toEqual([
      2 * chunkCharacters,
      2,
    ]);
  });
});
