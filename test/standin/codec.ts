/**
 * Values that survive a structured clone, as values that survive JSON. The same text runs in Node and in both worlds
 * of a page, where it is put in as source, so it stands alone and imports nothing.
 */
export type Plain = null | string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain }

export interface Codec {
  /** Throws Electron's own words for what cannot be cloned, functions among them. */
  encode(value: unknown): Plain
  decode(value: Plain): unknown
}

export function makeCodec(): Codec {
  const toBase64 = (bytes: Uint8Array): string => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return btoa(text)
  }
  const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  const textOf = (value: Plain | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value))
  const isTable = (value: unknown): value is { readonly [key: string]: Plain } =>
    typeof value === 'object' && value !== null && !Array.isArray(value)

  function encode(value: unknown, above: readonly unknown[] = []): Plain {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (value === undefined) return { $: 'undefined' }
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) }
    }
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) }
    if (typeof value !== 'object') throw new Error('An object could not be cloned.')
    if (above.includes(value)) throw new Error('stand-in: cyclic values are not carried')
    const inner = (part: unknown): Plain => encode(part, [...above, value])
    return encodeObject(value, inner)
  }

  function encodeObject(value: object, inner: (part: unknown) => Plain): Plain {
    if (Array.isArray(value)) return value.map(inner)
    if (value instanceof Date) return { $: 'date', v: value.getTime() }
    if (value instanceof Map) return { $: 'map', v: [...value].map(([key, part]) => [inner(key), inner(part)]) }
    if (value instanceof Set) return { $: 'set', v: [...value].map(inner) }
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: toBase64(new Uint8Array(value)) }
    if (ArrayBuffer.isView(value)) {
      return { $: 'bytes', v: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) }
    }
    if (value instanceof Error) return { $: 'error', name: value.name, message: value.message }
    if (Object.prototype.toString.call(value) !== '[object Object]') throw new Error('An object could not be cloned.')
    const table = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inner(part)]))
    return '$' in table ? { $: 'table', v: table } : table
  }

  function decode(value: Plain): unknown {
    const inner = decode
    if (Array.isArray(value)) return value.map((part: Plain) => inner(part))
    if (!isTable(value)) return value
    const each = (table: object): object =>
      Object.fromEntries(Object.entries(table).map(([key, part]: [string, Plain]) => [key, inner(part)]))
    const v = value['v'] ?? null
    const text = typeof v === 'string' ? v : ''
    const list = Array.isArray(v) ? (v as readonly Plain[]) : []
    switch (value['$']) {
      case undefined:
        return each(value)
      case 'undefined':
        return undefined
      case 'number':
        return Number(text)
      case 'bigint':
        return BigInt(text)
      case 'date':
        return new Date(Number(v))
      case 'map':
        return new Map(list.map((pair) => (Array.isArray(pair) ? [inner(pair[0]), inner(pair[1])] : [null, null])))
      case 'set':
        return new Set(list.map((part) => inner(part)))
      case 'buffer':
        return fromBase64(text).buffer
      case 'bytes':
        return fromBase64(text)
      case 'error':
        return Object.assign(new Error(textOf(value['message'])), { name: textOf(value['name']) })
      case 'table':
        return isTable(v) ? each(v) : {}
      default:
        throw new Error(`stand-in: unknown tag ${textOf(value['$'])}`)
    }
  }

  return { encode, decode }
}
