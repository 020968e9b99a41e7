// Locations for an Aqueducts executor. As Aqueducts' own command does (chapter 3.1 of the reference), relative ones are
// resolved here and opened there: as file:// addresses.
import { parse, stringify } from 'lossless-json';
import { resolve, sep } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** The same canonical JSON, in which every location of a file is an address. Large integers keep their digits. */
export function clientLocations(json: string, folder = process.cwd()): string {
  const document = parse(json) as Record<string, unknown>;
  const sources = Array.isArray(document['sources']) ? (document['sources'] as unknown[]) : [];
  return (
    stringify({
      ...document,
      sources: sources.map((source) => located(source, folder)),
      destination: located(document['destination'], folder),
    }) ?? json
  );
}

function located(part: unknown, folder: string): unknown {
  if (typeof part !== 'object' || part === null || !('location' in part)) return part;
  const { location } = part;
  return typeof location === 'string' ? { ...part, location: addressOf(location, folder) } : part;
}

function addressOf(location: string, folder: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(location)) return location;
  // wildcards are meant for the executor
  const path = resolve(folder, location) + (location.endsWith('/') ? sep : '');
  return pathToFileURL(path).href.replaceAll('%2A', '*').replaceAll('%3F', '?');
}
