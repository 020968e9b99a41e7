// The one way out: GET over http(s) to public addresses. A name is looked up while the connection is made, and what it
// leads to is checked then, so that it cannot change in between. Redirects are checked like first addresses.
// Reserved blocks: the IANA special-purpose address registries (RFC 6890).
import { lookup as lookUpName } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { failure, SluiceError } from '../../shared/errors.ts';
import { shownAddress } from '../../shared/locations/address.ts';
import { defaultStallTimeout, stalled } from '../../shared/locations/http.ts';

export interface EgressOptions {
  /** Hosts, with or without a port, that may be asked although they are private. */
  readonly allowHosts?: readonly string[] | undefined;
  /** Milliseconds without a byte after which a request is given up. */
  readonly stallTimeout?: number | undefined;
}

/** Redirects that are followed at most, as by browsers' elders. */
const mostRedirects = 10;

export class Egress {
  readonly #allowed: ReadonlySet<string>;
  readonly #stallTimeout: number;

  constructor({ allowHosts = [], stallTimeout = defaultStallTimeout }: EgressOptions = {}) {
    this.#allowed = new Set(allowHosts);
    this.#stallTimeout = stallTimeout;
  }

  /**
   * The answer of the server that redirects end at; its body must be read or destroyed. Fails with file.forbidden for
   * private addresses, with file.failed when there is no answer, and so does reading the body.
   */
  async get(address: URL, signal?: AbortSignal): Promise<IncomingMessage> {
    let at = address;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const answer = await this.#ask(at, signal);
      const next = redirectOf(answer, at);
      if (!next) return answer;
      answer.destroy();
      at = next;
    }
    throw failure('file.failed', `${shownAddress(address)} redirects without an end.`);
  }

  #ask(address: URL, signal: AbortSignal | undefined): Promise<IncomingMessage> {
    const allowed = this.#allowed.has(address.hostname) || this.#allowed.has(address.host);
    const host = address.hostname.replace(/^\[|\]$/g, '');
    if (!allowed && isIP(host) !== 0 && isReserved(host)) throw forbidden(address);
    const options: RequestOptions = {
      agent: false, // a connection a request: none is left over that was checked for another address
      headers: { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'sluice' },
      ...(allowed ? {} : { lookup: guardedLookup(address) }),
      ...(signal ? { signal } : {}),
    };
    return new Promise((resolve, reject) => {
      const request = (address.protocol === 'https:' ? requestHttps : requestHttp)(address, options, resolve);
      request.on('error', (thrown) => reject(explainRequest(thrown, address)));
      request.setTimeout(this.#stallTimeout, () => request.destroy(stalled(address, this.#stallTimeout)));
      request.end();
    });
  }
}

/** What ended a request, or the reading of its answer. */
export function explainRequest(thrown: unknown, address: URL): SluiceError {
  if (thrown instanceof SluiceError) return thrown;
  return failure('file.failed', `${shownAddress(address)} could not be loaded.`, {
    cause: thrown,
    hint: 'Check the address and the connection to the server, then run again.',
  });
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined;
  const next = URL.canParse(headers.location, from.href) ? new URL(headers.location, from.href) : undefined;
  if (next?.protocol === 'http:' || next?.protocol === 'https:') return next;
  throw failure('file.failed', `${shownAddress(from)} redirects to something that is no http address.`);
}

/** Looks a name up and refuses it when any of its addresses is reserved. */
function guardedLookup(address: URL): LookupFunction {
  return (hostname, options, callback) => {
    lookUpName(hostname, { ...options, all: true }, (error, found) => {
      const [first] = error ? [] : found;
      if (error) callback(error, []);
      else if (!first || found.some((each) => isReserved(each.address))) callback(forbidden(address), []);
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

const reserved = new BlockList();
for (const [start, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const),
]) {
  reserved.addSubnet(start, bits, 'ipv4');
}
for (const [start, bits] of [
  ...([
    ['::', 127],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['2002::', 16],
    ['fc00::', 7],
  ] as const),
  ...([
    ['fe80::', 9],
    ['ff00::', 8],
  ] as const),
]) {
  reserved.addSubnet(start, bits, 'ipv6');
}

/** Whether an IP address is not one of the public internet; IPv4 addresses inside of IPv6 ones count as themselves. */
export function isReserved(address: string): boolean {
  return reserved.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

function forbidden(address: URL): SluiceError {
  return failure('file.forbidden', `${address.host} is not an address of the public internet.`, {
    hint: 'Put the file into the data folder, or let the relay be started with this host allowed.',
  });
}
