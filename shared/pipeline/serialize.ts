// Pipeline → canonical JSON (chapter 1.8 of the Aqueducts reference): defaults filled in, aliases gone, null where
// nothing is given. Locations are kept as they were typed.
import { z } from '../zod.ts';
import { pipelineSchema, type Pipeline } from './schema.ts';

export function serialize(pipeline: Pipeline): string {
  return JSON.stringify(z.encode(pipelineSchema, pipeline));
}
