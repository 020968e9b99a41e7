// Rows of stages that show none by themselves, for whoever asked for them with the run: after everything is written.
import { asSluiceError, cancelled, isCancelled } from '../errors.ts';
import type { Step } from '../plan/bind.ts';
import type { RunContext } from './context.ts';
import { placeStageError } from './explain.ts';
import { overBudgetNotice, showRows } from './show.ts';

/**
 * Emits the first `limit` rows of each of those stages. A stage whose rows cannot be computed is told as a warning: no
 * other stage needed them. What is written stays, so a cancel then ends the previews and not the run.
 */
export async function previewStages(steps: readonly Step[], limit: number, context: RunContext): Promise<void> {
  const { platform, signal, emit, notify, pipeline } = context;
  for (const { name, stage, position, subPosition } of steps) {
    if (stage.show !== null) continue;
    try {
      if (signal.aborted) throw cancelled();
      const rows = await showRows(platform.engine, name, limit, { signal });
      emit({ type: 'stage_output', name, output: { kind: 'show', ...rows } });
      const notice = overBudgetNotice(name, rows);
      if (notice) notify(notice);
    } catch (thrown) {
      if (isCancelled(thrown)) {
        if (pipeline.destination) return;
        throw thrown;
      }
      const placed = asSluiceError(placeStageError(thrown, position, subPosition, context));
      if (placed.code === 'engine.died') throw placed;
      notify({ ...placed.issue, severity: 'warning' });
    }
  }
}
