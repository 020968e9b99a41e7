// The one way out: GET over http(s) to public addresses. A name is looked up while the connection is made, and what it
// leads to is checked then, so that it cannot change in between. Redirects are checked like first addresses. Proxies that
// the environment names are not used: they would ask for us whatever they may.
import type { LookupAddress } from 'node:dns';
import { lookup as lookUpName } from 'node:dns/promises';
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { failure, SluiceError } from '../../shared/errors.ts';
import { shownAddress } from '../../shared/locations/address.ts';
import { defaultStallTimeout, stalled } from '../../shared/locations/http.ts';
import { AllowedHosts } from './allowed-hosts.ts';
import { watchPace } from './pace.ts';
import { isReserved } from './reserved.ts';

export interface EgressOptions {
  /** Hosts that may be asked although they are private (allowed-hosts.ts). */
  readonly allowHosts?: readonly string[] | undefined;
  /** Milliseconds in which an answer must begin, and after which one that hardly moves is given up. */
  readonly stallTimeout?: number | undefined;
  /** Bytes that one answer may have at most. */
  readonly maxDownloadSize?: number | undefined;
  /** The addresses of a name; the system's resolver when absent. */
  readonly resolve?: ((name: string) => Promise<readonly LookupAddress[]>) | undefined;
}

/** Redirects that are followed at most, as by browsers' elders. */
const mostRedirects = 10;

/** Bytes of an answer's header. */
const maxHeaderSize = 16 * 1024;

const defaultMaxDownloadSize = 64 * 1024 ** 3;

export class Egress {
  /** Bytes that one answer may have at most; who reads it must hold it to that. */
  readonly maxDownloadSize: number;
  readonly #allowed: AllowedHosts;
  readonly #stallTimeout: number;
  readonly #resolve: (name: string) => Promise<readonly LookupAddress[]>;

  /** Fails with command.usage for a host pattern that is none. */
  constructor({ allowHosts = [], stallTimeout, maxDownloadSize, resolve }: EgressOptions = {}) {
    this.#allowed = new AllowedHosts(allowHosts);
    this.#stallTimeout = stallTimeout ?? defaultStallTimeout;
    this.maxDownloadSize = maxDownloadSize ?? defaultMaxDownloadSize;
    this.#resolve = resolve ?? ((name) => lookUpName(name, { all: true }));
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

  async #ask(address: URL, signal: AbortSignal | undefined): Promise<IncomingMessage> {
    const secure = address.protocol === 'https:';
    const host = address.hostname.replace(/^\[|\]$/g, '');
    const port = Number(address.port) || (secure ? 443 : 80);
    // An address in the URL is not looked up.
    const objection =
      isIP(host) === 0 ? undefined : this.#objection(address, port, host, [{ address: host, family: 0 }]);
    if (objection) throw objection;
    const options: RequestOptions = {
      // An agent a request: no connection is left over that was checked for another address.
      agent: secure ? new HttpsAgent() : new HttpAgent(),
      headers: { Accept: '*/*', 'Accept-Encoding': 'identity', Connection: 'close', 'User-Agent': 'sluice' },
      maxHeaderSize,
      lookup: this.#guardedLookup(address, port),
      ...(signal ? { signal } : {}),
    };
    const limit = this.#stallTimeout;
    return new Promise((resolve, reject) => {
      const request = (secure ? requestHttps : requestHttp)(address, options);
      const timer = setTimeout(() => request.destroy(stalled(address, limit)), limit);
      request.on('close', () => clearTimeout(timer));
      request.on('error', (thrown) => reject(explainRequest(thrown, address)));
      request.on('response', (answer) => {
        clearTimeout(timer);
        watchPace(answer, limit, () => answer.destroy(stalled(address, limit)));
        resolve(answer);
      });
      request.end();
    });
  }

  /**
   * Looks a name up and refuses it when any of its addresses is reserved, unless it or all of these are allowed. A name
   * that is not there is refused with the same words: whether a private one exists is nobody's business.
   */
  #guardedLookup(address: URL, port: number): LookupFunction {
    return (name, options, callback) => {
      this.#resolve(name).then(
        (found) => {
          const error = this.#objection(address, port, name, found);
          const [first] = found;
          if (error || !first) callback(error ?? failure('file.failed', `${address.host} has no address.`), []);
          else if (options.all) callback(null, [...found]);
          else callback(null, first.address, first.family);
        },
        (thrown: unknown) => {
          const told = thrown instanceof Error ? thrown : new Error(String(thrown));
          callback(this.#mayKnow(name, port) ? told : forbidden(address), []);
        },
      );
    };
  }

  /** Whether it may be told that a name is not there. */
  #mayKnow(name: string, port: number): boolean {
    return this.#allowed.everything || this.#allowed.allowsName(name, port);
  }

  #objection(address: URL, port: number, name: string, found: readonly LookupAddress[]): SluiceError | undefined {
    if (this.#allowed.allowsName(name, port)) return undefined;
    if (found.length === 0 && !this.#mayKnow(name, port)) return forbidden(address);
    const isOpen = (one: LookupAddress): boolean =>
      !isReserved(one.address) || this.#allowed.allowsAddress(one.address, port);
    return found.every(isOpen) ? undefined : forbidden(address);
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

function forbidden(address: URL): SluiceError {
  return failure('file.forbidden', `${address.host} names no server of the public internet.`, {
    hint: 'Check the address. For a server of this network, put the file into a data folder, or let the relay be started with --allow-host for this host.',
  });
}
