import dns from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { t } from '../base/l10n.ts';

/** IPv4 addresses that are not on the public internet: this machine, its network, its cloud's own data. */
const notPublic = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  notPublic.addSubnet(network, prefix, 'ipv4');
}

/** All of IPv6 that is given to anybody on the public internet, and what of it is not. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const notGlobal6 = new BlockList();
for (const [network, prefix] of [
  // Protocols' own, with ways to say an IPv4 address; nobody serves clips there.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  notGlobal6.addSubnet(network, prefix, 'ipv6');
}

/**
 * How an IPv4 address is said in IPv6 where it is still the address that is meant: mapped, and as
 * networks with IPv6 only reach IPv4. The last four bytes are the address.
 */
const embedding = new BlockList();
embedding.addSubnet('::ffff:0:0', 96, 'ipv6');
embedding.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether an IP address is anything but a public one. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 4) return notPublic.check(plain, 'ipv4');
  if (family !== 6) return true;
  if (embedding.check(plain, 'ipv6')) return notPublic.check(embedded(plain), 'ipv4');
  return !global6.check(plain, 'ipv6') || notGlobal6.check(plain, 'ipv6');
}

function embedded(address: string): string {
  // The address with its last 32 bits in hexadecimal, as URLs write it.
  const { hostname } = new URL(`http://[${address}]/`);
  const [high = '0', low = '0'] = hostname.slice(1, -1).split(':').slice(-2);
  const [a, b] = [Number.parseInt(high || '0', 16), Number.parseInt(low || '0', 16)];
  return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
}

/** Ends of names that are given out by no registry, but by machines and networks to themselves. */
const privateName =
  /(^|\.)(localhost[46]?|localdomain[46]?|local|internal|intranet|lan|home\.arpa)$/i;

/**
 * Whether an address names a machine that is not a public one, as far as the name tells. A name
 * without a dot is one of the local network.
 */
export function namesPrivate(url: URL): boolean {
  const host = plainHost(url);
  if (isIP(host) !== 0) return isPrivateAddress(host);
  return !host.includes('.') || privateName.test(host);
}

/** Whether an address names this very machine, as far as the name tells. */
export function namesThisMachine(url: URL): boolean {
  const host = plainHost(url);
  if (isIP(host) === 0) {
    return /(^|\.)(localhost[46]?|(ip6-)?(localhost|loopback)|localhost[46]?\.localdomain[46]?)$/i.test(
      host,
    );
  }
  if (isIP(host) === 4) return thisMachine.check(host, 'ipv4');
  // Whatever hides an IPv4 address in front of which only zeros stand, and `::` and `::1` with it.
  return /^::(ffff:)?(0:)?[^:]*(:[^:]*)?$/.test(host) && thisMachine.check(embedded(host), 'ipv4');
}

const thisMachine = new BlockList();
thisMachine.addSubnet('0.0.0.0', 8, 'ipv4');
thisMachine.addSubnet('127.0.0.0', 8, 'ipv4');

function plainHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
}

/**
 * Whether a service is itself not on the public internet, such as one on the writer's own network.
 * Only then may what it says lead there. All that its name leads to has to be: a name that also
 * leads elsewhere is somebody's on the net.
 */
export async function isPrivateService(
  url: URL,
  lookup: typeof dns.promises.lookup = dns.promises.lookup,
): Promise<boolean> {
  if (namesPrivate(url)) return true;
  try {
    const addresses = await lookup(plainHost(url), { all: true });
    return addresses.length > 0 && addresses.every(({ address }) => isPrivateAddress(address));
  } catch {
    // Known only to a proxy, or not at all.
    return false;
  }
}

export class PrivateAddressError extends Error {
  readonly code = 'PRIVATE_ADDRESS';
}

/**
 * Looks names up as usual and leaves out all addresses that are not public. It is asked for the very
 * address that is then connected to, so a name that changes its mind cannot slip past.
 */
export function publicLookup(lookup: typeof dns.lookup = dns.lookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const open = addresses.filter(({ address }) => !isPrivateAddress(address));
      const [first] = open;
      if (first === undefined) {
        callback(new PrivateAddressError(t('It names no public address.')), '', 0);
      } else if (options.all === true) {
        callback(null, open);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}
