import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../shared/protocol/plan.ts';
import { graphOf } from './graph.ts';
import { layOut, nodeHeight, nodeWidth } from './layout.ts';

const possible = { possible: true, reasons: [] };

function planOf(stages: readonly (readonly [name: string, position: number, reads: readonly string[]])[]): Plan {
  return {
    sources: [{ name: 'a', type: 'file', location: './a.csv' }],
    stages: stages.map(([name, position, reads]) => ({
      ...{ name, position, reads, subPosition: 0, execution: 'view' as const, columns: [] },
    })),
    destination: { name: 'out', type: 'file', reads: stages.at(-1)?.[0] ?? 'a' },
    places: { browser: possible, relay: possible },
    contacts: [],
  };
}

describe('the graph of a plan', () => {
  it('has sources above stages above the destination, and an edge for every reading', () => {
    const graph = graphOf(
      planOf([
        ['b', 3, ['a']],
        ['c', 0, ['a', 'b']],
      ]),
    );
    expect(graph.nodes.map(({ id, layer }) => [id, layer])).toEqual([
      ['source a', 0],
      ['stage b', 1],
      ['stage c', 2],
      ['destination out', 3],
    ]);
    expect(graph.edges).toEqual([
      { from: 'source a', to: 'stage b' },
      { from: 'source a', to: 'stage c' },
      { from: 'stage b', to: 'stage c' },
      { from: 'stage c', to: 'destination out' },
    ]);
  });

  it('takes a stage for what is read where it has the name of a source', () => {
    const graph = graphOf(
      planOf([
        ['a', 0, ['a']],
        ['b', 1, ['a']],
      ]),
    );
    expect(graph.edges.map(({ from }) => from)).toEqual(['source a', 'stage a', 'stage b']);
  });
});

describe('the layout of a graph', () => {
  it('puts one thing below the other in a straight line', () => {
    const { nodes, paths, width } = layOut(graphOf(planOf([['b', 0, ['a']]])));
    expect([...nodes.values()].map(({ x }) => x)).toEqual([0, 0, 0]);
    expect(width).toBe(nodeWidth);
    expect(paths[0]).toBe('M84 52C84 72 84 72 84 92');
  });

  it('never lets two nodes touch, and keeps all of them in the drawing', () => {
    const names = fc
      .integer({ min: 1, max: 12 })
      .chain((count) =>
        fc.tuple(
          ...Array.from({ length: count }, (_, at) =>
            fc.tuple(
              fc.integer({ min: 0, max: 4 }),
              fc.subarray(['a', ...Array.from({ length: at }, (__, n) => `s${n}`)]),
            ),
          ),
        ),
      );
    fc.assert(
      fc.property(names, (stages) => {
        const plan = planOf(stages.map(([position, reads], at) => [`s${at}`, position, reads]));
        const { nodes, width, height } = layOut(graphOf(plan));
        const corners = [...nodes.values()];
        for (const [at, one] of corners.entries()) {
          expect(one.x).toBeGreaterThanOrEqual(-0.01);
          expect(one.x + nodeWidth).toBeLessThanOrEqual(width + 0.01);
          expect(one.y + nodeHeight).toBeLessThanOrEqual(height);
          for (const other of corners.slice(at + 1)) {
            if (other.y === one.y) expect(Math.abs(other.x - one.x)).toBeGreaterThanOrEqual(nodeWidth);
          }
        }
      }),
    );
  });
});
