// Where a pipeline can run, from its document alone: nothing is opened. Each reason against a place stands at the value
// that is to blame.
import type { Issue, Path } from '../errors.ts';
import type { Loaded, SecretReference } from '../pipeline/load.ts';
import type { Destination, Pipeline, Source } from '../pipeline/schema.ts';
import type { Plan } from '../protocol/plan.ts';
import { relayOnlyFunctions } from '../sql/functions.generated.ts';
import { schemeOf, shownLocation } from './contacts.ts';
import { callsIn } from './functions.ts';

type PlaceName = keyof Plan['places'];
type Objection = (place: PlaceName, path: Path, message: string, hint?: string, offset?: number) => void;

const every = ['browser', 'relay'] as const;

/** Verdicts, with the reasons in the order of the document. */
export function judgePlaces(pipeline: Pipeline, loaded: Pick<Loaded, 'locate' | 'secretReferences'>): Plan['places'] {
  const reasons: Record<PlaceName, Issue[]> = { browser: [], relay: [] };
  const object: Objection = (place, path, message, hint, offset) => {
    const at = loaded.locate(path, offset);
    reasons[place].push({
      ...{ code: 'place.unsupported', severity: 'error', message, path },
      ...(hint === undefined ? {} : { hint }),
      ...(at ? { place: at } : {}),
    });
  };
  pipeline.sources.forEach((source, index) => judgeSource(source, ['sources', index], object));
  pipeline.stages.forEach((group, position) =>
    group.forEach((stage, subPosition) => {
      const path = ['stages', position, subPosition];
      judgeQuery(stage.query, [...path, 'query'], object);
      judgeChecks(stage.checks, path, object);
    }),
  );
  if (pipeline.destination) judgeDestination(pipeline.destination, ['destination'], object);
  reasons.browser.push(...loaded.secretReferences.flatMap(judgeSecret));
  return { browser: verdict(reasons.browser), relay: verdict(reasons.relay) };
}

/** Whether what the location leads to cannot be known here, because a part of it is a secret of the place of a run. */
export function isWithheld(location: string, { secretReferences }: Pick<Loaded, 'secretReferences'>): boolean {
  return secretReferences.some(({ name, given }) => !given && location.includes(`\${secret:${name}}`));
}

function judgeSecret({ name, places }: SecretReference): Issue[] {
  const message = `The secret \`${name}\` is known to relays only.`;
  return places.map((place) => {
    return { code: 'place.unsupported', severity: 'error', message, hint: 'Run it on a relay that has it.', place };
  });
}

function verdict(reasons: readonly Issue[]): Plan['places']['browser'] {
  return { possible: reasons.length === 0, reasons };
}

function judgeSource(source: Source, path: Path, object: Objection): void {
  if (source.type === 'odbc') judgeDatabase(path, object);
  else if (source.type === 'delta') judgeDelta(path, object);
  else if ('location' in source) judgeStore(source.location, ['http', 'https', 'file'], 'read', path, object);
  judgeChecks(source.checks, path, object);
}

function judgeDestination(destination: Destination, path: Path, object: Objection): void {
  if (destination.type === 'odbc') judgeDatabase(path, object);
  else if (destination.type === 'delta') judgeDelta(path, object);
  else if ('location' in destination) judgeStore(destination.location, ['file'], 'written', path, object);
}

function judgeDatabase(path: Path, object: Objection): void {
  object('browser', [...path, 'type'], 'A browser cannot reach databases.', 'Run it on a relay.');
  object('relay', [...path, 'type'], 'Relays cannot reach databases yet.');
}

function judgeDelta(path: Path, object: Objection): void {
  for (const place of every) object(place, [...path, 'type'], 'Delta tables cannot be used yet.', 'Use Parquet files.');
}

function judgeStore(
  location: string,
  schemes: readonly string[],
  verb: 'read' | 'written',
  path: Path,
  object: Objection,
): void {
  const scheme = schemeOf(location);
  if (scheme === undefined || schemes.includes(scheme)) return;
  const isAddress = scheme === 'http' || scheme === 'https';
  const why = isAddress ? 'addresses are only read' : `there is no support for ${scheme}:// yet`;
  const hint = verb === 'written' ? 'Give a path.' : 'Give a path or an http(s) address.';
  const message = `${shownLocation(location)} cannot be ${verb}: ${why}.`;
  for (const place of every) object(place, [...path, 'location'], message, hint);
}

function judgeChecks(checks: Source['checks'], path: Path, object: Objection): void {
  checks.forEach((check, index) => {
    if (check.type === 'expression') judgeQuery(check.expression, [...path, 'checks', index, 'expression'], object);
  });
}

function judgeQuery(query: string, path: Path, object: Objection): void {
  for (const { name, offset } of callsIn(query)) {
    if (!relayOnlyFunctions.has(name)) continue;
    object('browser', path, `The browser's DuckDB has no function ${name}.`, 'Run it on a relay.', offset);
  }
}
