// The address of a relay, as people give it: `host:port` as Aqueducts has it, or one with a scheme.

export interface RelayAddress {
  /** Where its HTTP interface is, such as `http://127.0.0.1:3031/`. */
  readonly http: URL;
  /** Where its sockets are, such as `ws://127.0.0.1:3031/ws/connect`. */
  readonly socket: URL;
}

/**
 * Undefined for what is no address, for schemes but http, https, ws and wss, and for an address with a user, a password,
 * a query or a fragment: keys travel elsewhere.
 */
export function parseRelayAddress(text: string): RelayAddress | undefined {
  const trimmed = text.trim();
  const spelled = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (!URL.canParse(spelled)) return undefined;
  const http = new URL(spelled);
  // Chromium takes a space in a host, as %20.
  if (!/^(http|ws)s?:$/.test(http.protocol) || /^$|%/.test(http.hostname)) return undefined;
  if ([http.username, http.password, http.search, http.hash].some((part) => part !== '')) return undefined;
  const secure = /^(https|wss):$/.test(http.protocol);
  const path = http.pathname.replace(/\/+(ws\/connect)?\/*$/, '');
  // Setting the scheme of a URL is limited to its kind, so both are made anew.
  const at = (scheme: string, below: string): URL =>
    new URL(`${scheme}${secure ? 's' : ''}://${http.host}${path}${below}`);
  return { http: at('http', '/'), socket: at('ws', '/ws/connect') };
}
