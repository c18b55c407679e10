import { existsSync, readFileSync } from 'node:fs'

/** An event as its bytes stand in the file; whether it is true is for the chain to say. */
export interface FoundEvent {
  readonly seq: number
  readonly hash: Buffer
  readonly body: string
}

const TABLE_LEAF = 0x0d
const WAL_MAGIC = 0x377f0682
const WAL_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
const COLUMNS = 7
/** A BLOB of 32 bytes in a record's header. */
const HASH_TYPE = 12 + 2 * 32

/**
 * Looks at every page of a damaged file and of its log for rows that look like events of the journal, without any help
 * of the trees above them: SQLite's file format, sections 1.5 to 2.1 and 4.1. The same event may be found several
 * times, and a page that was thrown away may still hold one; the chain tells which belong.
 */
export function eventsInPages(file: string): FoundEvent[] {
  const pages = pagesOf(file)
  const found: FoundEvent[] = []
  for (const [number, page] of pages.all()) {
    const start = number === 1 ? 100 : 0
    if (page[start] !== TABLE_LEAF) continue
    const cells = page.readUInt16BE(start + 3)
    for (let cell = 0; cell < cells && start + 10 + 2 * cell <= page.length; cell += 1) {
      const event = eventAt(page, page.readUInt16BE(start + 8 + 2 * cell), pages)
      if (event !== null) found.push(event)
    }
  }
  return found
}

interface Pages {
  readonly usable: number
  /** The newest content of a page. */
  page(number: number): Buffer | undefined
  all(): Iterable<readonly [number: number, page: Buffer]>
}

/** 512 to 65,536 in steps of two; the file says 1 for the last. */
const isPageSize = (bytes: number): boolean => bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0

/** The size of a page: as the file says, else as its log says, else what SQLite takes where nobody says otherwise. */
export function pageSizeOf(file: Buffer, log: Buffer | null): number {
  const own = file.length < 18 ? 0 : file.readUInt16BE(16)
  if (isPageSize(own)) return own
  const logged = log === null || log.length < WAL_HEADER_BYTES ? 0 : log.readUInt32BE(8)
  return isPageSize(logged) ? logged : 4_096
}

function pagesOf(file: string): Pages {
  const bytes = readFileSync(file)
  const log = existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : null
  const size = pageSizeOf(bytes, log)
  const newest = new Map<number, Buffer>()
  const older: [number, Buffer][] = []
  for (let at = 0; at + size <= bytes.length; at += size) newest.set(at / size + 1, bytes.subarray(at, at + size))
  for (const [number, page] of committedFrames(log, size)) {
    const before = newest.get(number)
    if (before !== undefined) older.push([number, before])
    newest.set(number, page)
  }
  return { usable: size, page: (number) => newest.get(number), all: () => [...newest, ...older] }
}

/** The pages in the log up to its last commit; what came behind that was never told to anybody. */
function committedFrames(log: Buffer | null, size: number): [number, Buffer][] {
  if (log === null || log.length < WAL_HEADER_BYTES || (log.readUInt32BE(0) & ~1) !== (WAL_MAGIC & ~1)) return []
  const salt = log.subarray(16, 24)
  const frames: [number, Buffer][] = []
  let committed = 0
  for (let at = WAL_HEADER_BYTES; at + FRAME_HEADER_BYTES + size <= log.length; at += FRAME_HEADER_BYTES + size) {
    if (!log.subarray(at + 8, at + 16).equals(salt)) break
    frames.push([log.readUInt32BE(at), log.subarray(at + FRAME_HEADER_BYTES, at + FRAME_HEADER_BYTES + size)])
    if (log.readUInt32BE(at + 4) !== 0) committed = frames.length
  }
  return frames.slice(0, committed)
}

function eventAt(page: Buffer, at: number, pages: Pages): FoundEvent | null {
  try {
    const [length, afterLength] = varint(page, at)
    const [seq, afterSeq] = varint(page, afterLength)
    const payload = payloadOf(page, afterSeq, length, pages)
    return payload === null ? null : eventIn(payload, seq)
  } catch (error) {
    // Bytes that were never a row point anywhere.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** A row's bytes, with those that did not fit into its page. Null where a page of them is not there. */
function payloadOf(page: Buffer, at: number, length: number, { usable, page: pageOf }: Pages): Buffer | null {
  const most = usable - 35
  if (length <= most) return page.subarray(at, at + length)
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const fitting = least + ((length - least) % (usable - 4))
  const here = fitting <= most ? fitting : least
  const parts = [page.subarray(at, at + here)]
  let next = page.readUInt32BE(at + here)
  for (let left = length - here; left > 0; left -= usable - 4) {
    const more = pageOf(next)
    if (more === undefined) return null
    parts.push(more.subarray(4, Math.min(usable, 4 + left)))
    next = more.readUInt32BE(0)
  }
  return Buffer.concat(parts)
}

/** The columns of the journal are seq (in the row's own number), id, hash, kind, unit_id, at, body. */
function eventIn(payload: Buffer, seq: number): FoundEvent | null {
  const [headerEnd, first] = varint(payload, 0)
  const types: number[] = []
  for (let at = first; at < headerEnd && types.length <= COLUMNS;) {
    const [type, next] = varint(payload, at)
    types.push(type)
    at = next
  }
  if (types.length !== COLUMNS || types[0] !== 0 || types[2] !== HASH_TYPE) return null
  if (![1, 3, 5, 6].every((column) => isText(types[column])) || !(types[4] === 0 || isText(types[4]))) return null
  const starts: number[] = []
  let at = headerEnd
  for (const type of types) {
    starts.push(at)
    at += bytesOf(type)
  }
  if (at !== payload.length) return null
  const [, , hash = 0, , , , body = 0] = starts
  return { seq, hash: Buffer.from(payload.subarray(hash, hash + 32)), body: payload.subarray(body).toString('utf8') }
}

const isText = (type: number | undefined): boolean => type !== undefined && type >= 13 && type % 2 === 1
const bytesOf = (type: number): number => (type === 0 ? 0 : Math.floor((type - 12) / 2))

/** SQLite's number of one to nine bytes, and where it ends. Throws a RangeError outside of the page. */
function varint(bytes: Buffer, at: number): [value: number, next: number] {
  let value = 0
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes.readUInt8(at + index)
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return [value, at + index + 1]
  }
  return [value * 256 + bytes.readUInt8(at + 8), at + 9]
}
