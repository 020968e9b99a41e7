// The document of a request, read, and its values as they may be shown.
import { load, loadSubstituted, type Loaded } from '../../../shared/pipeline/load.ts';
import type { RunRequest } from '../request.ts';

export function loadRequest({ submission, submitter: { secrets } }: RunRequest): Loaded {
  const { document, syntax, parameters, substituted } = submission;
  return substituted ? loadSubstituted(document, secrets) : load(document, parameters, syntax, secrets);
}

/** The values with secrets masked; all of them where the document could not be read. */
export function shownParameters({ submission }: RunRequest, { parameters, mask }: Loaded): Record<string, string> {
  const declared = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const shown = (name: string, value: string): string => (declared.get(name)?.secret ? '***' : mask(value));
  const { size } = declared;
  return Object.fromEntries(
    Object.entries(submission.parameters).map(([name, value]) => [name, size === 0 ? '***' : shown(name, value)]),
  );
}
