// Locations and connections as they may be shown, and the servers behind them: no passwords, no query strings, which
// hold the signatures of presigned addresses.
import type { Destination, Source } from '../pipeline/schema.ts';

type Endpoint = Source | Destination;

/** The scheme of an address in lower case; undefined for a path. */
export function schemeOf(location: string): string | undefined {
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(location)?.[1]?.toLowerCase();
}

/** The location as somebody may see it. */
export function shownLocation(location: string): string {
  if (schemeOf(location) === undefined) return location;
  const [, scheme = '', , rest = ''] = /^([^/]*:\/\/)([^/@?#]*@)?(.*)$/s.exec(location) ?? [];
  const query = rest.search(/[?#]/);
  // A pattern may have a question mark in its path: only an address with `=` behind it has a query string.
  return query >= 0 && rest.slice(query).includes('=') ? `${scheme}${rest.slice(0, query)}?…` : `${scheme}${rest}`;
}

/** What a source or destination shows of its location. */
export function locationOf(endpoint: Endpoint): { readonly location?: string } {
  return 'location' in endpoint ? { location: shownLocation(endpoint.location) } : {};
}

/** Origins and servers that the pipeline talks to, sorted. */
export function contactsOf(endpoints: readonly Endpoint[]): string[] {
  const servers = endpoints.flatMap((endpoint) => {
    if ('location' in endpoint) return serverOf(endpoint.location) ?? [];
    return endpoint.type === 'odbc' ? (databaseServer(endpoint.connection_string) ?? []) : [];
  });
  return [...new Set(servers)].sort();
}

/** `https://host:port`, `s3://bucket`. */
function serverOf(location: string): string | undefined {
  const scheme = schemeOf(location);
  if (scheme === undefined || scheme === 'file') return undefined;
  const [, host = ''] = /^[^/]*:\/\/(?:[^/@?#]*@)?([^/?#]*)/.exec(location) ?? [];
  return host === '' ? undefined : `${scheme}://${host.toLowerCase()}`;
}

/** `odbc://host:port` or `odbc://dsn`, from the parts of a connection string such as `Server=…;Port=…`. */
function databaseServer(connection: string): string | undefined {
  const parts = new Map<string, string>();
  for (const [, name = '', braced, plain = ''] of connection.matchAll(
    /\s*([^=;]+?)\s*=\s*(?:\{([^}]*)\}|([^;]*))\s*;?/g,
  )) {
    parts.set(name.toLowerCase(), (braced ?? plain).trim());
  }
  const find = (...names: readonly string[]): string | undefined =>
    names.map((name) => parts.get(name)).find((value) => value !== undefined && value !== '');
  const host = find('server', 'servername', 'host', 'hostname', 'address', 'addr', 'data source', 'dsn');
  const port = find('port');
  return host === undefined ? undefined : `odbc://${host}${port === undefined ? '' : `:${port}`}`;
}
