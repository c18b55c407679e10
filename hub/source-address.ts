import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6, type BlockList } from 'node:net'

const MAPPED_IPV4 = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/iu

/**
 * Where a request comes from, for counting what comes from one place. Behind proxies of ours it is the last address in
 * `X-Forwarded-For` that none of them has; what anybody else writes there is not believed. Of IPv6 it is the network
 * (/64), because one household has as many addresses as it likes.
 */
export function sourceOf({ socket, headers }: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } }, proxies: BlockList | undefined): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',')
  let address = plain(socket.remoteAddress ?? '')
  while (isOneOf(proxies, address) && forwarded.length > 0) {
    const before = plain(forwarded.pop() ?? '')
    if (isIP(before) === 0) break
    address = before
  }
  return isIPv6(address) ? networkOf(address) : address
}

const plain = (address: string): string => address.trim().replace(MAPPED_IPV4, '')

const isOneOf = (proxies: BlockList | undefined, address: string): boolean => proxies?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') === true

/** The first four groups of an IPv6 address, with the zeros that `::` stands for. */
function networkOf(address: string): string {
  const [front = [], back = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0')
  return [...front, ...zeros, ...back].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}
