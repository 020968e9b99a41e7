// Hosts that may be asked although they are private, as the operator writes them: `name`, `*.example.com` (names below
// it), `192.168.1.7`, `10.0.0.0/8`, `[fd00::1]`, `fd00::/8`; names and single addresses also with `:port`.
import { BlockList, isIP } from 'node:net';
import { failure, type SluiceError } from '../../shared/errors.ts';
import { embeddedAddress } from './reserved.ts';

/** Which ports: all when absent. */
interface Ported {
  readonly port: number | undefined;
}

interface NamePattern extends Ported {
  readonly name: string;
  /** Whether it stands for the names below it. */
  readonly below: boolean;
}

interface Block extends Ported {
  readonly list: BlockList;
}

/** One of each kind of network that a name may stand for. */
const privateOnes = ['127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.0.1', '::1', 'fd00::1', 'fe80::1'];

export class AllowedHosts {
  /** Whether every address is allowed. */
  readonly everything: boolean;
  readonly #names: readonly NamePattern[];
  readonly #blocks: readonly Block[];

  /** Fails with command.usage for a pattern that is none. */
  constructor(patterns: readonly string[]) {
    const parsed = patterns.map(parse);
    this.#names = parsed.filter((each) => 'name' in each);
    this.#blocks = parsed.filter((each) => 'list' in each);
    this.everything = privateOnes.every((address) => this.allowsAddress(address, 0));
  }

  /** Whether a host name as a URL has it is allowed, wherever it leads. */
  allowsName(name: string, port: number): boolean {
    const asked = canonical(name);
    return this.#names.some((one) => {
      if (one.port !== undefined && one.port !== port) return false;
      return one.below ? asked.endsWith(`.${one.name}`) : asked === one.name;
    });
  }

  /** Whether an IP address is allowed, by whatever name it was found. */
  allowsAddress(address: string, port: number): boolean {
    const [plain = ''] = address.split('%', 1);
    const meant = isIP(plain) === 6 ? (embeddedAddress(plain) ?? plain) : plain;
    if (isIP(meant) === 0) return false;
    const family = isIP(meant) === 4 ? 'ipv4' : 'ipv6';
    return this.#blocks.some((one) => (one.port === undefined || one.port === port) && one.list.check(meant, family));
  }
}

function parse(pattern: string): NamePattern | Block {
  const block = /^\[?([0-9a-f:.]+?)\]?\/(\d{1,3})$/i.exec(pattern);
  if (block) return blockOf(block[1] ?? '', Number(block[2]), undefined, pattern);
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(pattern) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65_535)) throw unusable(pattern);
  const address = isIP(pattern) === 6 ? pattern : (bracketed ?? plain ?? '');
  if (isIP(address) !== 0) return blockOf(address, isIP(address) === 4 ? 32 : 128, port, pattern);
  const [, star, name = ''] = /^(\*\.)?([^*]+)$/.exec(plain ?? '') ?? [];
  // Whether it is a host is the URL's parser to say, which writes it as it will be asked for.
  if (!URL.canParse(`http://${name}`)) throw unusable(pattern);
  const { hostname, href } = new URL(`http://${name}`);
  if (href !== `http://${hostname}/` || isIP(hostname) !== 0) throw unusable(pattern);
  return { name: canonical(hostname), below: star !== undefined, port };
}

function blockOf(address: string, bits: number, port: number | undefined, pattern: string): Block {
  const family = isIP(address);
  if (family === 0 || bits > (family === 4 ? 32 : 128)) throw unusable(pattern);
  const list = new BlockList();
  list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  return { list, port };
}

/** A dot at its end says that a name is complete, which all are here. */
function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function unusable(pattern: string): SluiceError {
  return failure('command.usage', `"${pattern}" names no host that could be allowed.`, {
    hint: 'Give a name, *.name, an address or a block such as 10.0.0.0/8; names and addresses may have a :port.',
  });
}
