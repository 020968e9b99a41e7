// Where the nodes and edges of a layered graph are drawn, top to bottom, after Sugiyama, Tagawa and Toda (1981): edges
// that pass a layer get a place in it, neighbours are ordered by the middle of what they hang on, then moved towards it.
import type { Graph, GraphEdge } from './graph.ts';

export const nodeWidth = 168;
export const nodeHeight = 52;
const passingWidth = 12;
const gapX = 20;
const gapY = 40;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  /** Top left corners, by id. */
  readonly nodes: ReadonlyMap<string, Point>;
  /** For each edge of the graph an SVG path. */
  readonly paths: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** A node, or an edge on its way through a layer. */
interface Slot {
  readonly layer: number;
  readonly width: number;
  readonly up: Slot[];
  readonly down: Slot[];
  /** Its middle. */
  x: number;
}

export function layOut({ nodes, edges }: Graph): Layout {
  const slots = new Map<string, Slot>();
  const layers: Slot[][] = [];
  const add = (layer: number, width: number): Slot => {
    const slot: Slot = { layer, width, up: [], down: [], x: 0 };
    (layers[layer] ??= []).push(slot);
    return slot;
  };
  for (const { id, layer } of nodes) slots.set(id, add(layer, nodeWidth));
  const chains = edges.map((edge) => chainOf(edge, slots, add));
  for (let sweep = 0; sweep < 4; sweep++) {
    for (const layer of layers) order(layer, ({ up }) => up, layers);
    for (const layer of [...layers].reverse()) order(layer, ({ down }) => down, layers);
  }
  for (const layer of layers) spread(layer, 0);
  for (let sweep = 0; sweep < 8; sweep++) {
    for (const layer of sweep % 2 === 0 ? layers : [...layers].reverse()) settle(layer);
  }
  const all = layers.flat();
  const left = Math.min(0, ...all.map(({ x, width }) => x - width / 2));
  for (const slot of all) slot.x -= left;
  return {
    nodes: new Map(
      [...slots].map(([id, { x, layer }]) => [id, { x: x - nodeWidth / 2, y: layer * (nodeHeight + gapY) }]),
    ),
    paths: chains.map(pathOf),
    width: Math.max(0, ...all.map(({ x, width }) => x + width / 2)),
    height: Math.max(0, layers.length * (nodeHeight + gapY) - gapY),
  };
}

/** The slots that an edge runs through, linked to one another. */
function chainOf(
  { from, to }: GraphEdge,
  slots: ReadonlyMap<string, Slot>,
  add: (layer: number, width: number) => Slot,
): Slot[] {
  const [start, end] = [slots.get(from), slots.get(to)];
  if (!start || !end) return [];
  const chain = [start];
  for (let layer = start.layer + 1; layer < end.layer; layer++) chain.push(add(layer, passingWidth));
  chain.push(end);
  chain.slice(1).forEach((slot, at) => {
    const above = chain[at];
    if (!above) return;
    above.down.push(slot);
    slot.up.push(above);
  });
  return chain;
}

/** Sorts a layer by the middle position of each slot's neighbours; one without any stays where it is. */
function order(layer: Slot[], neighbours: (slot: Slot) => readonly Slot[], layers: readonly Slot[][]): void {
  const weights = new Map(
    layer.map((slot, at) => {
      const places = neighbours(slot).map((other) => layers[other.layer]?.indexOf(other) ?? 0);
      return [slot, places.length === 0 ? at : mean(places)];
    }),
  );
  layer.sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
}

/** Puts the slots of a layer side by side around a middle. */
function spread(layer: readonly Slot[], middle: number): void {
  const total = layer.reduce((sum, { width }) => sum + width + gapX, -gapX);
  let at = middle - total / 2;
  for (const slot of layer) {
    slot.x = at + slot.width / 2;
    at += slot.width + gapX;
  }
}

/** Moves every slot towards the middle of its neighbours, as far as those beside it let it. */
function settle(layer: readonly Slot[]): void {
  const wanted = layer.map((slot) => {
    const places = [...slot.up, ...slot.down].map(({ x }) => x);
    return places.length === 0 ? slot.x : mean(places);
  });
  const room = (at: number): number => ((layer[at]?.width ?? 0) + (layer[at + 1]?.width ?? 0)) / 2 + gapX;
  const pushedRight = [...wanted];
  for (let at = 1; at < layer.length; at++) {
    pushedRight[at] = Math.max(pushedRight[at] ?? 0, (pushedRight[at - 1] ?? 0) + room(at - 1));
  }
  const pushedLeft = [...wanted];
  for (let at = layer.length - 2; at >= 0; at--) {
    pushedLeft[at] = Math.min(pushedLeft[at] ?? 0, (pushedLeft[at + 1] ?? 0) - room(at));
  }
  layer.forEach((slot, at) => (slot.x = ((pushedRight[at] ?? 0) + (pushedLeft[at] ?? 0)) / 2));
}

function pathOf(chain: readonly Slot[]): string {
  const steps: string[] = [];
  chain.slice(1).forEach((slot, index) => {
    const above = chain[index];
    if (!above) return;
    const y = above.layer * (nodeHeight + gapY) + nodeHeight;
    const end = slot.layer * (nodeHeight + gapY);
    const middle = (y + end) / 2;
    if (index === 0) steps.push(`M${round(above.x)} ${y}`);
    steps.push(`C${round(above.x)} ${middle} ${round(slot.x)} ${middle} ${round(slot.x)} ${end}`);
    // An edge on its way goes straight through the layer.
    if (slot.width === passingWidth) steps.push(`V${end + nodeHeight}`);
  });
  return steps.join('');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
