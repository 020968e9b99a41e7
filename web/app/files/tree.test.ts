import { describe, expect, it } from 'vitest';
import type { WorkspaceFile } from '../../../shared/protocol/worker.ts';
import { linesOf, type Line } from './tree.ts';

function file(path: string, kind: WorkspaceFile['kind'] = 'added'): WorkspaceFile {
  return { path, kind, size: 10 };
}

function drawn(lines: readonly Line[]): string[] {
  return lines.map(
    (line) =>
      '  '.repeat(line.depth) +
      (line.kind === 'file' ? line.name : `${line.open ? '-' : '+'} ${line.name} (${line.files}, ${line.size} B)`),
  );
}

const files = [file('b.csv'), file('data/2025/x.csv'), file('data/a.csv'), file('out/part-0.parquet', 'stored')];

describe('the tree of files', () => {
  it('has folders with what is in them', () => {
    expect(drawn(linesOf(files, new Set()))).toEqual([
      'b.csv',
      '- data (2, 20 B)',
      '  - 2025 (1, 10 B)',
      '    x.csv',
      '  a.csv',
      '- out (1, 10 B)',
      '  part-0.parquet',
    ]);
  });

  it('has folders that are closed, and says which are kept in the browser', () => {
    const lines = linesOf(files, new Set(['data', 'out']));
    expect(drawn(lines)).toEqual(['b.csv', '+ data (2, 20 B)', '+ out (1, 10 B)']);
    expect(lines.map((line) => line.kind === 'folder' && line.stored)).toEqual([false, false, true]);
  });

  it('closes folders with many files until they are opened', () => {
    const many = Array.from({ length: 13 }, (_, at) => file(`parts/${at}.csv`));
    expect(linesOf(many, new Set())).toHaveLength(1);
    expect(linesOf(many, new Set(['parts']))).toHaveLength(14);
  });

  it('puts what was just written first, with the folders that lead there', () => {
    expect(drawn(linesOf(files, new Set(), 'data/2025/x.csv')).slice(0, 3)).toEqual([
      '- data (2, 20 B)',
      '  - 2025 (1, 10 B)',
      '    x.csv',
    ]);
    expect(drawn(linesOf(files, new Set(), 'out'))[0]).toBe('- out (1, 10 B)');
  });
});
