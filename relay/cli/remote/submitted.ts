// The document as it travels: to a relay as it was typed, where that is possible, to an executor as canonical JSON.
import { failure } from '../../../shared/errors.ts';
import type { Pipeline } from '../../../shared/pipeline/schema.ts';
import { toWire } from '../../../shared/pipeline/serialize.ts';
import type { PlanRequest } from '../../../shared/protocol/relay/plans.ts';
import type { GivenDocument } from '../input/document.ts';

/**
 * The document as a relay gets it. As it was typed, its issues point into that text, and its secrets are the relay's;
 * secrets that are given here travel.
 */
export function submitted(document: GivenDocument): PlanRequest {
  const { quoted, parameters, loaded, secrets } = document;
  return secrets
    ? { document: toWire(requirePipeline(document)), parameters: {}, substituted: true }
    : { document: quoted.text, syntax: loaded.syntax, parameters, substituted: false };
}

/** Canonical JSON with all values in it, for executors that know no secrets. */
export function wireText(document: GivenDocument): string {
  const [secret] = document.loaded.secretReferences;
  if (secret && !document.secrets) {
    throw failure('secret.not_found', `An Aqueducts executor cannot fill in the secret \`${secret.name}\`.`, {
      hint: 'Give its value with --env-file.',
    });
  }
  return toWire(requirePipeline(document));
}

function requirePipeline({ loaded }: GivenDocument): Pipeline {
  if (loaded.pipeline) return loaded.pipeline;
  throw failure('internal', 'A document with errors was about to be sent.');
}
