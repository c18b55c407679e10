import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CatalogueEntry } from '../../../native/supervisor/catalogue.ts'
import { CATALOGUE } from '../../../native/supervisor/catalogue.ts'

const FOLDER = join(import.meta.dirname, '../../../packaging/linux')
const [file] = readdirSync(FOLDER).filter((name) => name.endsWith('-countermark.rules'))
const rules = readFileSync(join(FOLDER, file ?? ''), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

/** The words that a rule for this entry has to hold. */
function wordsFor({ vendorId, kind, usagePage }: CatalogueEntry): readonly string[] {
  const vendor = vendorId.toString(16).padStart(4, '0')
  if (usagePage !== undefined) return ['SUBSYSTEM=="hidraw"', `KERNELS=="0003:${vendor.toUpperCase()}:*"`]
  if (kind === 'printer') return ['SUBSYSTEM=="usbmisc"', `ATTRS{idVendor}=="${vendor}"`]
  return ['SUBSYSTEM=="tty"', `ATTRS{idVendor}=="${vendor}"`]
}

describe('the udev rules of the package', () => {
  it('are read before systemd hands devices to the person at the seat', () => {
    expect(Number.parseInt(file ?? '99', 10)).toBeLessThan(73)
  })

  it.each(CATALOGUE)('give $maker $model ($kind) to the till', (entry) => {
    const words = wordsFor(entry)
    expect(rules.filter((rule) => words.every((word) => rule.includes(word)))).toHaveLength(1)
  })

  it('ask for nothing but access, and keep ModemManager from serial scanners', () => {
    for (const rule of rules) {
      expect(rule).toContain('TAG+="uaccess"')
      expect(rule).not.toMatch(/RUN|PROGRAM|IMPORT|0666/)
      if (rule.includes('"tty"')) expect(rule).toContain('ENV{ID_MM_PORT_IGNORE}="1"')
    }
  })
})
