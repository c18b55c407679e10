import { zstdDecompressSync } from 'node:zlib'
import type { JournalBatch } from '../../../contract/sync/wire.ts'

/** A whole request in which a till handed in a piece of its journal, as it went up the line. */
export interface Upload {
  readonly bytes: Buffer
  /** The event before its first, which the centre had when it was sent. */
  readonly prevSeq: number
  readonly lastSeq: number
}

const END_OF_HEAD = '\r\n\r\n'

/** Reads along what goes up one line, in whatever pieces it comes, and tells of each upload with events once it is whole. */
export function overhearUploads(heard: (upload: Upload) => void): (piece: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (piece) => {
    rest = Buffer.concat([rest, piece])
    for (;;) {
      const body = rest.indexOf(END_OF_HEAD) + END_OF_HEAD.length
      if (body < END_OF_HEAD.length) return
      const head = rest.toString('latin1', 0, body)
      const end = body + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
      if (rest.length < end) return
      if (head.startsWith('POST /v1/journal ')) tell(rest.subarray(0, end), head, body, heard)
      rest = rest.subarray(end)
    }
  }
}

function tell(bytes: Buffer, head: string, body: number, heard: (upload: Upload) => void): void {
  const sent = bytes.subarray(body)
  const { prevSeq, events } = JSON.parse((/^content-encoding: zstd/im.test(head) ? zstdDecompressSync(sent) : sent).toString()) as JournalBatch
  if (events.length > 0) heard({ bytes: Buffer.from(bytes), prevSeq, lastSeq: prevSeq + events.length })
}
