// What a user sees on a terminal.
import { describe, expect, it } from 'vitest';
import { sluice, start } from '../../../tests/command/sluice.ts';
import { asTerminal, screenOf } from '../../../tests/command/terminal.ts';

const columns = Array.from({ length: 30 }, (_, index) => `'${'x'.repeat(40)}' AS column_${index}`).join(', ');
const wide = `sources: []
stages:
  - - { name: wide, query: "SELECT ${columns}", show: 5 }
`;
const slow = `sources: []
stages:
  - - name: slow
      query: SELECT count(*) AS n FROM range(3000000) a, range(3000000) b WHERE a.range + b.range = -1
      show: 1
`;

describe('on a terminal', () => {
  it('lines stay, what is drawn anew is gone at the end, and tables fit', async () => {
    const { code, stdout } = await sluice(['run', '-f', '-'], { input: wide, node: asTerminal(80) });
    expect(code).toBe(0);
    const { lines, cursor } = screenOf(stdout);
    expect(cursor).toBe(true);
    expect(lines[0]).toBe('🚀 Pipeline execution started');
    expect(lines.at(-2)).toMatch(/^🎉 Pipeline execution completed/);
    expect(lines.filter((line) => line.startsWith('|')).map((line) => line.length <= 80)).toEqual([true, true]);
    expect(lines.join('\n')).toMatch(/\d of 30 columns/);
    expect(lines.join('\n')).not.toContain('⠋');
  });

  it('Ctrl+C leaves a whole terminal', async () => {
    const running = await start(['run', '-f', '-'], { input: slow, node: asTerminal(80) });
    await running.until('stage slow');
    running.child.kill('SIGINT');
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    const { lines, cursor } = screenOf(stdout);
    expect(cursor).toBe(true);
    expect(lines.at(-2)).toMatch(/^🛑 Pipeline execution cancelled/);
    expect(lines.some((line) => line.includes('stage slow'))).toBe(false);
  });

  it.each(['NO_COLOR', 'CI'])('%s asks for plain lines', async (name) => {
    const { stdout } = await sluice(['run', '-f', '-'], { input: wide, node: asTerminal(80), env: { [name]: '1' } });
    expect(stdout).not.toContain('\u001b[?25l');
    expect(stdout).toContain('🎉');
  });
});
