// Server-side request forgery: addresses that a document may name to make the relay ask what only the relay can reach. A
// real server stands on this machine's loopback and counts who comes; it must be nobody.
import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SluiceError } from '../../shared/errors.ts';
import { DataFolders } from './data-folders.ts';
import { Egress, type EgressOptions } from './egress.ts';
import { DiskFiles } from './files.ts';
import { PrivateFolder } from './private-folder.ts';

let folder: string;
let own: PrivateFolder;
let target: Server;
let redirector: Server;
let names: Socket;
let port: number;
let redirectorPort: number;
/** The addresses by which the target was reached. */
let reached: string[] = [];
let asked = 0;
/** Where the redirector sends whoever asks. */
let next = '';
/** What the name server answers, one after the other; the last one for ever. */
let answers: string[] = [];

const portOf = (server: Server | Socket): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-egress-')));
  own = await PrivateFolder.open(folder);
  target = createServer((_, response) => response.end('secret'));
  target.on('connection', ({ localAddress = '' }) => reached.push(localAddress.replace('::ffff:', '')));
  // on all addresses of the machine, IPv6 too where it has some
  await new Promise<void>((resolve) => target.listen(0, resolve));
  port = portOf(target);
  redirector = createServer((_, response) =>
    response.writeHead(302, { Location: Buffer.from(next).toString('latin1') }).end(),
  );
  await new Promise<void>((resolve) => redirector.listen(0, '127.0.0.1', resolve));
  redirectorPort = portOf(redirector);
  names = createSocket('udp4', (query, from) => {
    asked++;
    const address = answers.length > 1 ? answers.shift() : answers[0];
    names.send(addressAnswer(query, address ?? '127.0.0.1'), from.port, from.address);
  });
  await new Promise<void>((resolve) => names.bind(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  for (const server of [target, redirector]) await new Promise((resolve) => server.close(resolve));
  await new Promise<void>((resolve) => names.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  [reached, asked, answers] = [[], 0, ['127.0.0.1']];
});

/** The answer to a question for the IPv4 address of a name (RFC 1035, section 4.1). */
function addressAnswer(query: Buffer, address: string): Buffer {
  const end = query.indexOf(0, 12) + 5; // behind the name's last label, its type and class
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2); // an answer, without an error
  header.writeUInt16BE(1, 6);
  header.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]);
  return Buffer.concat([header, query.subarray(12, end), record]);
}

/** Looks names up for real, at the name server of this test. */
const resolve = async (name: string) => {
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${portOf(names)}`]);
  return (await resolver.resolve4(name)).map((address) => ({ address, family: 4 }));
};

async function codeOf(location: string, options: EgressOptions = {}): Promise<string> {
  const egress = new Egress({ resolve, stallTimeout: 5000, ...options });
  const files = new DiskFiles(await DataFolders.open({ directories: [folder] }), own, egress);
  try {
    await (await files.open(location)).close();
    return 'opened';
  } catch (thrown) {
    if (thrown instanceof SluiceError) return thrown.code;
    throw thrown;
  }
}

const allowed = (): EgressOptions => ({ allowHosts: [`127.0.0.1:${redirectorPort}`] });

/** Hosts by which the server could be reached, or other private ones could. */
const hosts = [
  ...['127.0.0.1', '127.0.0.1.', '127.1', '127.0.1', '127.000.000.001', '127.127.127.127', '0.0.0.0', '0', '00'],
  ...['2130706433', '0x7f000001', '0x7F.0.0.1', '0x7f.0x0.0x0.0x1', '0177.0.0.1', '017700000001', '0177.1', '0x7f.1'],
  ...['%31%32%37.0.0.1', '１２７.0.0.1', '127。0。0。1', '①②⑦.0.0.1', '127%2e0%2e0%2e1', '127.0.0.1%2e'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[0000::0001]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]'],
  ...['[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[2001::7f00:1]'],
  ...['[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[::ffff:169.254.169.254]', '[::ffff:10.0.0.1]'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'localhost.localdomain', 'ip6-localhost', 'x.localhost', 'ⓛocalhost'],
  ...[
    '127.0.0.1.nip.example',
    '7f000001.nip.example',
    'localtest.example',
    'rebind.example',
    'metadata.google.internal',
  ],
  ...['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '169.254.169.254', '169.254.170.2'],
  ...['100.64.0.1', '100.100.100.200', '192.0.0.192', '168.63.129.16', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
  ...['2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.43518', '3232235521'],
  ...['public.example@127.0.0.1', 'public.example:80@127.0.0.1', '127.0.0.1@localhost', 'a%40b:c@[::1]'],
];

describe('no private server is reached', () => {
  it.each(hosts)('http://%s', async (host) => {
    expect(await codeOf(`http://${host}:${port}/data.csv`)).toMatch(/^(file\.forbidden|document\.unsupported)$/);
    expect(reached).toEqual([]);
  });

  it.each(hosts)('by a redirect to http://%s', async (host) => {
    next = `http://${host}:${port}/data.csv`;
    const code = await codeOf(`http://127.0.0.1:${redirectorPort}/`, allowed());
    expect(code).toMatch(/^file\.(forbidden|failed)$/);
    expect(reached).toEqual([]);
  });

  it.each([
    ...['https://127.0.0.1:PORT/', 'HTTP://127.0.0.1:PORT/', 'http:///127.0.0.1:PORT/', 'http:////127.0.0.1:PORT/'],
    ...[
      'http:\\\\127.0.0.1:PORT/',
      'http://127.0.0.1:PORT\\@public.example/',
      'http://public.example#@127.0.0.1:PORT/',
    ],
    ...['http://\t127.0.0.1:PORT/', ' http://127.0.0.1:PORT/', 'http:127.0.0.1:PORT/', 'http://127.0.0.1\t:PORT/'],
    ...['ftp://127.0.0.1:PORT/', 'gopher://127.0.0.1:PORT/_x', 'dict://127.0.0.1:PORT/', 'ws://127.0.0.1:PORT/'],
    ...['jar:http://127.0.0.1:PORT/!/', 'view-source:http://127.0.0.1:PORT/', 'data:text/csv,a', '//127.0.0.1:PORT/'],
    ...['s3://127.0.0.1:PORT/x', 'file://127.0.0.1:PORT/x', 'unix:/var/run/docker.sock', 'http+unix://%2Fvar%2Frun/x'],
  ])('%j', async (location) => {
    expect(await codeOf(location.replace('PORT', String(port)))).toMatch(
      /^(file\.(forbidden|not_found)|document\.unsupported)$/,
    );
    expect(reached).toEqual([]);
  });
});

describe('names whose addresses change', () => {
  it('are refused by the address that is connected to', async () => {
    for (const first of ['127.0.0.1', '10.1.2.3', '169.254.169.254']) {
      answers = [first, '8.8.8.8'];
      expect(await codeOf(`http://rebind.example:${port}/`)).toBe('file.forbidden');
    }
    expect(reached).toEqual([]);
  });

  it('are looked up once, so that a second answer never counts', async () => {
    answers = ['127.0.0.2', '127.0.0.1'];
    // Where a system has only one address of its own, nobody is reached at all.
    await codeOf(`http://rebind.example:${port}/`, { allowHosts: ['127.0.0.2'], stallTimeout: 1000 });
    expect(asked).toBe(1);
    expect(reached).not.toContain('127.0.0.1');
    // The next request asks again, and is judged by the answer that it gets.
    expect(await codeOf(`http://rebind.example:${port}/`, { allowHosts: ['127.0.0.2'] })).toBe('file.forbidden');
    expect(reached).not.toContain('127.0.0.1');
  });

  it('are refused where one of several addresses is private', async () => {
    const both = () =>
      Promise.resolve([
        { address: '198.41.0.4', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    expect(await codeOf(`http://two.example:${port}/`, { resolve: both })).toBe('file.forbidden');
    const mapped = () => Promise.resolve([{ address: '::ffff:127.0.0.1', family: 6 }]);
    expect(await codeOf(`http://six.example:${port}/`, { resolve: mapped })).toBe('file.forbidden');
    expect(reached).toEqual([]);
  });

  it('without an address, and resolvers that fail, are refused like private ones, unless they may be asked', async () => {
    const allowHosts = ['none.example'];
    for (const resolve of [() => Promise.resolve([]), () => Promise.reject(new Error('x'))]) {
      expect(await codeOf('http://none.example/', { resolve })).toBe('file.forbidden');
      expect(await codeOf('http://none.example/', { resolve, allowHosts })).toBe('file.failed');
    }
  });
});

it('what is said of a name does not tell whether it is there', async () => {
  const told = async (addresses: readonly string[] | Error, options: EgressOptions = {}): Promise<string> => {
    const resolve = () =>
      addresses instanceof Error
        ? Promise.reject(addresses)
        : Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    const egress = new Egress({ resolve, stallTimeout: 5000, ...options });
    const files = new DiskFiles(await DataFolders.open({ directories: [folder] }), own, egress);
    const thrown: unknown = await files.open(`http://build.corp.example:${port}/a`).catch((reason: unknown) => reason);
    if (!(thrown instanceof SluiceError)) throw new Error('It did not fail.');
    return JSON.stringify([thrown.code, thrown.issue, thrown.cause ?? null]);
  };
  const missing = Object.assign(new Error('getaddrinfo ENOTFOUND build.corp.example'), { code: 'ENOTFOUND' });
  const nothing = await told(missing);
  expect(nothing).toContain('file.forbidden');
  expect(nothing).not.toContain('ENOTFOUND');
  const there = [['10.0.0.7'], ['::1'], ['fd00::7', '10.0.0.7'], ['8.8.8.8', '10.0.0.7'], []];
  for (const addresses of there) expect(await told(addresses)).toBe(nothing);
  for (const thrown of [new Error('SERVFAIL'), Object.assign(new Error('x'), { code: 'EAI_AGAIN' })]) {
    expect(await told(thrown)).toBe(nothing);
  }
  // others that are allowed change nothing for this one
  for (const allowHosts of [['192.168.0.0/16'], ['*.other.example'], ['build.corp.example:1'], ['10.0.0.7:1']]) {
    expect(await told(missing, { allowHosts })).toBe(nothing);
    expect(await told(['10.0.0.7'], { allowHosts })).toBe(nothing);
  }
  expect(reached).toEqual([]);
});

describe('who is allowed is reached', () => {
  it.each([
    ['a name', ['db.example'], 'http://db.example:PORT/'],
    ['a name with its port', ['db.example:PORT'], 'http://db.example:PORT/'],
    ['names below one', ['*.example'], 'http://db.example:PORT/'],
    ['an address, by a name that leads there', ['127.0.0.1'], 'http://db.example:PORT/'],
    ['a block of addresses', ['127.0.0.0/8'], 'http://127.0.0.1:PORT/'],
  ])('%s', async (_, patterns, location) => {
    const allowHosts = patterns.map((pattern) => pattern.replace('PORT', String(port)));
    expect(await codeOf(location.replace('PORT', String(port)), { allowHosts })).toBe('opened');
    expect(reached).toHaveLength(1);
  });

  it('but not on another port', async () => {
    expect(await codeOf(`http://db.example:${port}/`, { allowHosts: ['db.example:1'] })).toBe('file.forbidden');
    expect(reached).toEqual([]);
  });
});

it('proxies in the environment are not asked', async () => {
  for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']) {
    vi.stubEnv(name, `http://127.0.0.1:${port}`);
  }
  vi.stubEnv('NODE_USE_ENV_PROXY', '1');
  try {
    next = 'http://10.0.0.1/';
    expect(await codeOf(`http://127.0.0.1:${redirectorPort}/`, allowed())).toBe('file.forbidden');
    expect(reached).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
  }
});
