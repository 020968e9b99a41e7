// A plan as a graph: what is read, what is computed, what is written, and who reads whom, in layers.
import type { Column } from '../../../../shared/platform.ts';
import type { Plan } from '../../../../shared/protocol/plan.ts';

export interface GraphNode {
  readonly id: string;
  readonly kind: 'source' | 'stage' | 'destination';
  readonly name: string;
  /** One word or two below the name: `csv file`, `table`, `view`. */
  readonly caption: string;
  /** Why it is what it is, or where it lies. */
  readonly detail?: string;
  readonly columns?: readonly Column[];
  /** The names of what it reads. */
  readonly reads: readonly string[];
  /** Counted from 0 without gaps: one below the lowest of what it reads. */
  readonly layer: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export function graphOf({ sources, stages, destination }: Plan): Graph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  /** Who has a name by now: a stage may take over that of a source. */
  const named = new Map<string, GraphNode>();
  const add = (node: Omit<GraphNode, 'layer'>): void => {
    const read = [...new Set(node.reads.flatMap((name) => named.get(name) ?? []))];
    const placed = { ...node, layer: Math.max(-1, ...read.map(({ layer }) => layer)) + 1 };
    nodes.push(placed);
    edges.push(...read.map(({ id }) => ({ from: id, to: node.id })));
    if (node.kind !== 'destination') named.set(node.name, placed);
  };
  for (const { name, type, location, columns } of sources) {
    add({ ...node('source', name, wordsOf(type), location, columns), reads: [] });
  }
  for (const { name, execution, reason, columns, reads } of stages) {
    add({ ...node('stage', name, execution, reason, columns), reads });
  }
  if (destination) {
    const { name, type, location, reads } = destination;
    add({ ...node('destination', name, `to ${wordsOf(type)}`, location), reads: reads === undefined ? [] : [reads] });
  }
  return { nodes, edges };
}

function node(
  kind: GraphNode['kind'],
  name: string,
  caption: string,
  detail: string | undefined,
  columns?: readonly Column[],
): Omit<GraphNode, 'layer' | 'reads'> {
  return {
    ...{ id: `${kind} ${name}`, kind, name, caption },
    ...(detail === undefined ? {} : { detail }),
    ...(columns ? { columns } : {}),
  };
}

function wordsOf(type: string): string {
  return type.replaceAll('_', ' ');
}
