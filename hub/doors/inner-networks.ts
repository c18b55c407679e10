import { BlockList, isIP, isIPv6 } from 'node:net'

/**
 * Networks that are not the public internet (IANA special-purpose registries, RFC 6890): this machine, its neighbours,
 * the cloud's metadata service, and forms of IPv6 in which an inner IPv4 address can hide.
 */
const INNER = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16',
  '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  '::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/32', '2001:db8::/32', '2002::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8',
]

function networks(all: readonly string[]): BlockList {
  const list = new BlockList()
  for (const one of all) {
    const [address = '', bits = ''] = one.trim().split('/')
    const family = isIP(address)
    if (family === 0 || !/^\d{1,3}$/u.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) throw new RangeError(one)
    list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

const inner = networks(INNER)

/** Networks as the person who runs the centre wrote them: `10.20.0.0/16,fd00::/8`. Throws a `RangeError` for what is no network. */
export const trustedNetworks = (text: string): BlockList => networks(text.split(',').filter((one) => one.trim() !== ''))

/** True for an address nobody outside may make the centre talk to. */
export function isInner(address: string, trusted: BlockList | undefined): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  return inner.check(address, family) && trusted?.check(address, family) !== true
}

/** True where the host of an address is written as an inner one; a name says nothing before it is resolved. */
export function isInnerHost(hostname: string, trusted: BlockList | undefined): boolean {
  const host = hostname.replace(/^\[|\]$/gu, '').toLowerCase()
  if (isIP(host) !== 0) return isInner(host, trusted)
  return /(?:^|\.)localhost\.?$/u.test(host) && isInner('127.0.0.1', trusted)
}
