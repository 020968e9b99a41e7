// Lists of runs, whose length has a bound whatever was submitted: long parameters and long errors are told of one run alone.
import type { Issue } from '../../../shared/errors.ts';
import { limits } from '../../../shared/protocol/limits.ts';
import type { RunSummary } from '../../../shared/protocol/relay/runs.ts';

export interface RunPage {
  readonly runs: readonly RunSummary[];
  /** The last run of the page, where there are more. */
  readonly next?: string;
}

/** The first runs, at most `most` and at most as many bytes as an answer may have. */
export function pageOf(found: readonly RunSummary[], most: number): RunPage {
  const runs: RunSummary[] = [];
  let bytes = 0;
  for (const run of found.slice(0, most)) {
    const short = listed(run);
    bytes += Buffer.byteLength(JSON.stringify(short)) + 1;
    if (bytes > limits.answer.bytes - frame) break;
    runs.push(short);
  }
  const last = runs.at(-1);
  return { runs, ...(found.length > runs.length && last ? { next: last.id } : {}) };
}

/** Bytes of an answer around its runs. */
const frame = 1024;

/** A run as a list tells it: parameters while there is room for them, and the beginning of its error. */
export function listed({ parameters, error, ...run }: RunSummary): RunSummary {
  let left: number = limits.listed.parameterCharacters;
  const entries = Object.entries(parameters);
  const kept = entries.filter(([name, value]) => {
    const fits = name.length + value.length <= left;
    if (fits) left -= name.length + value.length;
    return fits;
  });
  const leftOut = entries.length - kept.length;
  return {
    ...run,
    parameters: Object.fromEntries(kept),
    ...(leftOut > 0 ? { parametersLeftOut: leftOut } : {}),
    ...(error ? { error: shortened(error) } : {}),
  };
}

function shortened({ code, severity, message, hint, place, cause }: Issue): Issue {
  return {
    ...{ code, severity, message: beginning(message) },
    ...(hint === undefined ? {} : { hint: beginning(hint) }),
    ...(place ? { place } : {}),
    ...(cause === undefined ? {} : { cause: beginning(cause) }),
  };
}

function beginning(text: string): string {
  const most = limits.listed.errorCharacters;
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
}
