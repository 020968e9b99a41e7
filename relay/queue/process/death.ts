// What is told of a process that ended by itself.
import { failure, type SluiceError } from '../../../shared/errors.ts';
import type { Exit } from './child-process.ts';

export function deathOf({ code, signal }: Exit): SluiceError {
  if (signal === 'SIGKILL') {
    const hint = 'The machine may have run out of memory; read less at once, or give runs a memory limit.';
    return failure('engine.died', 'The process of the run was killed from outside.', { hint });
  }
  const how = signal ? `by the signal ${signal}` : `with the code ${code ?? 'unknown'}`;
  return failure('engine.died', `The process of the run ended ${how}.`);
}
