// What a stage shows, as text.
import type { Column, PlanNode } from '../../shared/platform.ts';
import type { StageOutput } from '../../shared/protocol/events.ts';
import { oneLine } from './safe.ts';
import { tableText, type TableOptions } from './table.ts';
import { padded, widthOf } from './width.ts';

/** Lines that end in a newline. */
export function outputText(output: StageOutput, options?: TableOptions): string {
  switch (output.kind) {
    case 'show':
      return tableText(output, options);
    case 'explain':
      return output.plan.map((node) => planText(node)).join('');
    case 'print_schema':
      return schemaText(output.columns);
  }
}

/** A column a line, its type after its name. */
export function schemaText(columns: readonly Column[]): string {
  const lines = columns.map(({ name, type }) => [oneLine(name), oneLine(type)] as const);
  const width = Math.max(0, ...lines.map(([name]) => widthOf(name)));
  return lines.map(([name, type]) => `${padded(name, width)}  ${type}\n`).join('');
}

function planText({ name, details, measured, children }: PlanNode, depth = 0): string {
  const indent = '  '.repeat(depth);
  const told = Object.entries(details).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : value.join(', ')}`,
  );
  const times = measured ? [`${measured.rows} rows`, `${measured.milliseconds.toFixed(1)} ms`] : [];
  const line = [name, ...times, ...told.map((text) => text.replaceAll(/\s+/g, ' '))].join('; ');
  return `${indent}${oneLine(line)}\n${children.map((child) => planText(child, depth + 1)).join('')}`;
}
