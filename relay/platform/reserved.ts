// Which IP addresses are not servers of the public internet: the IANA special-purpose address registries (RFC 6890 and
// its successors). IPv4 addresses inside of IPv6 ones count as themselves.
import { BlockList, isIP } from 'node:net';

const reserved = new BlockList();
for (const [start, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
  ] as const),
  ...([
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
  ] as const),
  ...([
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
    ['168.63.129.16', 32], // where virtual machines of Azure find their metadata
  ] as const),
]) {
  reserved.addSubnet(start, bits, 'ipv4');
}
for (const [start, bits] of [
  ['2001::', 23], // Teredo, ORCHID, benchmarks
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  reserved.addSubnet(start, bits, 'ipv6');
}

/** All that is assigned to the public internet so far (RFC 4291, section 2.4). */
const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');

/** Whose last 32 bits are the IPv4 address that is meant: mapped ones (RFC 4291), NAT64's well-known prefix (RFC 6052). */
const embedding = new BlockList();
embedding.addSubnet('::ffff:0:0', 96, 'ipv6');
embedding.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether an IP address is not one of the public internet; so is all that is no IP address. */
export function isReserved(address: string): boolean {
  const [plain = ''] = address.split('%', 1); // a zone, as in fe80::1%eth0
  if (isIP(plain) === 4) return reserved.check(plain, 'ipv4');
  if (isIP(plain) !== 6) return true;
  const inner = embeddedAddress(plain);
  if (inner !== undefined) return reserved.check(inner, 'ipv4');
  return !unicast.check(plain, 'ipv6') || reserved.check(plain, 'ipv6');
}

/** The IPv4 address that an IPv6 address stands for. */
export function embeddedAddress(address: string): string | undefined {
  if (!embedding.check(address, 'ipv6')) return undefined;
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':'); // shortened, in hexadecimal
  const [high = 0, low = 0] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
