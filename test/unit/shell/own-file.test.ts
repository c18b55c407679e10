import { describe, expect, it } from 'vitest'
import { isOwnFile } from '../../../electron/shell/own-file.ts'

describe('a file that may be kept', () => {
  it('is one the page itself has made', () => {
    expect(isOwnFile('blob:app://countermark/7d1f', 'application/pdf')).toBe(true)
    expect(isOwnFile('blob:app://countermark/7d1f', 'text/plain;charset=utf-8')).toBe(true)
  })

  it.each([
    ['a download from the network', 'https://evil.example/receipt.pdf', 'application/pdf'],
    ['a blob of a foreign page', 'blob:https://evil.example/7d1f', 'application/pdf'],
    ['a blob of a host that only begins like ours', 'blob:app://countermarkevil/7d1f', 'application/pdf'],
    ['a program', 'blob:app://countermark/7d1f', 'application/x-msdownload'],
    ['a file of the app', 'app://countermark/index.html', 'text/html'],
  ])('is not %s', (_story, address, mimeType) => {
    expect(isOwnFile(address, mimeType)).toBe(false)
  })
})
