import { describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../../shared/protocol/events.ts';
import { LiveTasks } from './live-tasks.ts';

function linesAfter(bodies: readonly RunEventBody[], later = 0): string[] {
  const tasks = new LiveTasks();
  bodies.forEach((body, sequence) => tasks.take({ ...body, sequence }));
  // the sign in front turns
  return tasks.lines(performance.now() + later).map((line) => line.slice(2));
}

const reading: RunEventBody = { type: 'source_started', name: 'readings' };
const half: RunEventBody = { type: 'source_progress', name: 'readings', bytes: 5e6, totalBytes: 1e7, rows: 1234 };
const done: RunEventBody = { type: 'source_completed', name: 'readings', columns: [], durationMs: 1 };

describe('what is under way', () => {
  it('has a line each, with share, rows, bytes and the time that is left', () => {
    const [line = ''] = linesAfter([reading, half], 60_000);
    expect(line).toContain('reading readings  [##########----------] 50 %  1,234 rows  5.0 MB of 10 MB  about');
    expect(line).toMatch(/about 6\d s left$/);
  });

  it('tells the time that passed while it cannot know what is left', () => {
    expect(linesAfter([reading], 12_000)[0]).toMatch(/^reading readings {2}12\.\d s$/);
  });

  it('goes when it is done, or when the run has ended', () => {
    expect(linesAfter([reading, half, done])).toEqual([]);
    expect(linesAfter([reading, { type: 'run_cancelled', durationMs: 1 }])).toEqual([]);
  });

  it('is aligned, and cannot control the terminal', () => {
    const stage: RunEventBody = {
      ...{ type: 'stage_started', name: 'a\u001b[2J\n', position: 0, subPosition: 0, execution: 'table' },
    };
    const lines = linesAfter([reading, stage, { type: 'stage_progress', name: 'a\u001b[2J\n', fraction: 0.25 }]);
    expect(lines[1]).toMatch(/^stage a\u{FFFD}\[2J\\n +\[#####-{15}\] 25 %/u);
  });
});
