// The lines above what a stage shows, as Aqueducts has them (chapter 9.3 of the reference).
import type { StageOutput } from '../../shared/protocol/events.ts';
import { oneLine } from './safe.ts';

/** A blank line, what it is and of which stage, and a rule; ends in a newline. */
export function outputHeader(stage: string, output: StageOutput): string {
  return `\n${titleOf(output)}: ${oneLine(stage)}\n${'─'.repeat(39)}\n`;
}

function titleOf(output: StageOutput): string {
  switch (output.kind) {
    case 'show':
      return output.truncated ? '📋 Table Data (Preview)' : '📋 Table Data';
    case 'explain':
      return output.analyzed ? '📊 Query Metrics' : '🔍 Query Plan';
    case 'print_schema':
      return '🔢 Schema';
  }
}
