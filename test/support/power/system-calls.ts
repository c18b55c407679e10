import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** What a process asked of the disk, in order, and what it had promised to the world by then. A file may have any names, or none. */
export type DiskCall =
  | { readonly does: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly does: 'cut'; readonly file: string; readonly length: number }
  | { readonly does: 'sync'; readonly file: string }
  /** From here on these names are of these files, or of none: durable when their folder was synced. */
  | { readonly does: 'name'; readonly names: Names }
  | { readonly does: 'sync-folder' }
  /** A receipt's number left the process: to the printer, or as its word. */
  | { readonly does: 'promise'; readonly number: string }

/** The name and its file. */
export type Names = readonly (readonly [string, string | null])[]

const NAMING = '?rename,?renameat,?renameat2,?link,?linkat,unlink,unlinkat'

/** What strace has to write down, and how: every byte, in hexadecimal, of every thread. */
export const STRACE = ['-f', '-xx', '-s', '4194304', '--seccomp-bpf', '-e', `trace=openat,close,pwrite64,write,writev,sendto,sendmsg,fsync,fdatasync,ftruncate,${NAMING}`]

const NUMBER = /T1-[RG]\d{6}/g

/**
 * Reads strace's log of a till. Only files of `folder` whose names begin with one of `beginnings` count; what is written
 * anywhere else is looked through for receipt numbers. The shared memory of SQLite (`-shm`) is left out: it is made anew.
 */
export async function readCalls(log: string, folder: string, beginnings: readonly string[], known: readonly string[]): Promise<DiskCall[]> {
  const reader = new CallReader(folder, beginnings, known)
  for await (const line of createInterface({ input: createReadStream(log, 'latin1'), crlfDelay: Number.POSITIVE_INFINITY })) reader.line(line)
  return reader.calls
}

class CallReader {
  readonly calls: DiskCall[] = []
  readonly #folder: string
  readonly #beginnings: readonly string[]
  /** The file that has a name now. */
  readonly #files: Map<string, string>
  #made = 0
  readonly #open = new Map<number, string>()
  readonly #pending = new Map<string, string>()
  readonly #promised = new Set<string>()

  constructor(folder: string, beginnings: readonly string[], known: readonly string[]) {
    this.#folder = folder
    this.#beginnings = beginnings
    this.#files = new Map(known.map((name) => [name, name]))
  }

  /** A call of one thread may be told in two lines, with others between them: it happened when it ended. */
  line(line: string): void {
    const told = /^(\d+)\s+(.*)$/.exec(line)
    if (!told) return
    const [, thread = '', text = ''] = told
    if (text.endsWith('<unfinished ...>')) return void this.#pending.set(thread, text.slice(0, -'<unfinished ...>'.length).trimEnd())
    const rest = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)
    if (!rest) return this.#call(text)
    const begun = this.#pending.get(thread) ?? ''
    this.#pending.delete(thread)
    this.#call(begun + (rest[1] ?? ''))
  }

  #call(text: string): void {
    const result = / = (-?\d+)/.exec(text.slice(text.lastIndexOf(') ')))?.[1]
    if (result === undefined || result.startsWith('-')) return
    const [, call = '', first = ''] = /^(\w+)\((?:AT_FDCWD, )?([^,)]*)/.exec(text) ?? []
    switch (call) {
      case 'openat':
        return this.#opened(Number(result), pathsIn(text)[0] ?? '', text)
      case 'close':
        return void this.#open.delete(Number(first))
      case 'unlink':
      case 'unlinkat':
        return this.#named(pathsIn(text).map((path) => [path, null]))
      case 'rename':
      case 'renameat':
      case 'renameat2': {
        const [from = '', to = ''] = pathsIn(text)
        return this.#named([[from, null], [to, this.#fileAt(from)]])
      }
      case 'link':
      case 'linkat': {
        const [from = '', to = ''] = pathsIn(text)
        return this.#named([[to, this.#fileAt(from)]])
      }
      case 'pwrite64':
        return this.#written(Number(first), text)
      case 'ftruncate':
        return this.#ofFile(Number(first), (file) => ({ does: 'cut', file, length: Number(/, (\d+)\)/.exec(text)?.[1]) }))
      case 'fsync':
      case 'fdatasync':
        return this.#ofFile(Number(first), (file) => (file === '' ? { does: 'sync-folder' } : { does: 'sync', file }))
      default:
        // What goes to a pipe or a socket has left: nothing takes it back.
        if (!this.#open.has(Number(first))) this.#left(text)
    }
  }

  #opened(handle: number, path: string, text: string): void {
    this.#open.delete(handle)
    if (path === this.#folder) return void this.#open.set(handle, '')
    const name = this.#nameOf(path)
    if (name === null) return
    if (!this.#files.has(name)) {
      if (!text.includes('O_CREAT')) return
      this.#made += 1
      this.#named([[path, `${name} ${this.#made}`]])
    }
    const file = this.#files.get(name) ?? ''
    this.#open.set(handle, file)
    if (text.includes('O_TRUNC')) this.calls.push({ does: 'cut', file, length: 0 })
  }

  #named(paths: Names): void {
    const names = paths.flatMap(([path, file]) => {
      const name = this.#nameOf(path)
      return name === null ? [] : [[name, file] as const]
    })
    if (names.length === 0) return
    for (const [name, file] of names)
      if (file === null) this.#files.delete(name)
      else this.#files.set(name, file)
    this.calls.push({ does: 'name', names })
  }

  #fileAt(path: string): string | null {
    const name = this.#nameOf(path)
    return (name === null ? undefined : this.#files.get(name)) ?? null
  }

  #nameOf(path: string): string | null {
    if (!path.startsWith(`${this.#folder}/`) || path.endsWith('-shm')) return null
    const name = path.slice(this.#folder.length + 1)
    return this.#beginnings.some((beginning) => name.startsWith(beginning)) ? name : null
  }

  #written(handle: number, text: string): void {
    const found = /"([^"]*)"(?:\.\.\.)?, \d+, (\d+)\)/.exec(text)
    if (found) this.#ofFile(handle, (file) => ({ does: 'write', file, at: Number(found[2]), bytes: unhex(found[1] ?? '') }))
  }

  #ofFile(handle: number, call: (file: string) => DiskCall): void {
    const file = this.#open.get(handle)
    if (file !== undefined) this.calls.push(call(file))
  }

  #left(text: string): void {
    for (const [, hex = ''] of text.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g))
      for (const [number] of unhex(hex).toString('latin1').matchAll(NUMBER)) {
        if (this.#promised.has(number)) continue
        this.#promised.add(number)
        this.calls.push({ does: 'promise', number })
      }
  }
}

const pathsIn = (text: string): string[] => [...text.matchAll(/"([^"]*)"/g)].map(([, path = '']) => unhex(path).toString())
const unhex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex')
