// The one place where the command and the library hand parameters and secrets to the loader.
import { load, type Loaded } from '../../shared/pipeline/load.ts';
import type { DocumentRequest } from './api.ts';

/** Never fails: what is wrong is in the issues. */
export function loadDocument({ document, syntax, parameters = {}, secrets }: DocumentRequest): Loaded {
  return load(document, parameters, syntax, secrets);
}
