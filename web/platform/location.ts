// Locations in the browser: relative paths of the workspace, or http(s) addresses of the page's own origin.
import { failure } from '../../shared/errors.ts';
import { hasScheme } from '../../shared/locations/address.ts';

/** The folder of the origin's private file system that is Sluice's own. */
export const privateFolder = '.sluice';

/** The path without `.`, `..`, empty steps and a leading slash: `./a//b` is `a/b`. Fails with file.forbidden. */
export function normalizePath(location: string): string {
  const path = normalizeFolder(location);
  if (path === '' || location.endsWith('/')) throw failure('file.forbidden', `"${location}" names no file.`);
  return path;
}

/** The same for a folder or a pattern; empty for the workspace itself. */
export function normalizeFolder(location: string): string {
  const steps: string[] = [];
  for (const step of location.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) {
      throw failure('file.forbidden', `${location} lies outside the workspace.`, {
        hint: 'Use a path that does not climb above its start.',
      });
    }
  }
  if (steps[0] === privateFolder)
    throw failure('file.forbidden', `${location} lies in a folder that Sluice keeps for itself.`);
  return steps.join('/');
}

/** The last step of a path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The http(s) address that the location is, or undefined for a path. Fails with file.forbidden for other schemes. */
export function addressOf(location: string): URL | undefined {
  if (!hasScheme(location)) return undefined;
  const address = URL.canParse(location) ? new URL(location) : undefined;
  if (address && /^https?:$/.test(address.protocol)) return address;
  throw failure('file.forbidden', `${location} cannot be read from this page.`, {
    hint: 'Add the file to the page, or use an http address.',
  });
}

/** The address of a workspace path beside the document that came from `base`. */
export function addressBeside(path: string, base: string): URL {
  return new URL(path.split('/').map(encodeStep).join('/'), base);
}

/** `=` may stand in a path (RFC 3986, 3.3), and not every server undoes its encoding: the folders of partitions have it. */
function encodeStep(step: string): string {
  return encodeURIComponent(step).replaceAll('%3D', '=');
}
