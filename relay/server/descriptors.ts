// How many connections of any kind a relay takes: those of strangers must leave file descriptors for the runs.
import { readFileSync } from 'node:fs';

/** Connections beside the sockets: for requests over HTTP. */
const forRequests = 1024;

/** The plain connections that may be open where so many sockets may: at most half of the descriptors that the process has. */
export function mostPlainConnections(mostSockets: number, descriptors = descriptorLimit()): number {
  return Math.max(1, Math.min(mostSockets + forRequests, Math.floor(descriptors / 2)));
}

/** Files that this process may have open at once, as Linux tells it; elsewhere unknown, and taken for unlimited. */
export function descriptorLimit(): number {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return soft === undefined ? Infinity : Number(soft);
  } catch {
    return Infinity; // no Linux
  }
}
