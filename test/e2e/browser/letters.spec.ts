import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { FONT_FILES } from '../../../electron/core/papers/lettering/fonts.ts'
import { paperLettering } from '../../../electron/core/papers/lettering/paper-lettering.ts'
import { isBlack } from '../../../native/printers/bitmap.ts'

/**
 * The letters a receipt printer does not have are shaped by one library and filled by ourselves. Here a browser draws
 * the same words with its own shaping (HarfBuzz) and its own filling (Skia), and the dots are laid over each other.
 */
const WORDS = [
  'الضمان', 'لا', 'شهرًا', 'منه', 'هذا', 'تُستعمل', 'المجموع', 'الإصلاح', 'للتقنية', 'يحدّ', 'إيصال', 'عبدالله', '(437)', '769.97', '€',
  'Чайник', 'Ελληνικά', 'Nguyễn', 'דוד', 'K1-R000042',
]
const WIDTH = 320
const LOOKS = [
  { weight: 'plain', size: 'normal', em: 23, line: 30 },
  { weight: 'bold', size: 'tall', em: 32, line: 48 },
  { weight: 'bold', size: 'large', em: 41, line: 48 },
] as const
/** Of the dots of one, how many the other has in the same place or beside it. Two fillings differ by a dot at an edge. */
const ALIKE_MIN = 0.985

test('words drawn for paper have the shapes a browser gives them', async ({ page }) => {
  const lettering = await paperLettering('ltr')
  await page.setContent('<canvas></canvas>')
  for (const { weight, size, em, line } of LOOKS) {
    const font = readFileSync(FONT_FILES[weight]()).toString('base64')
    const style = { bold: weight === 'bold', size, invert: false, align: 'start', indent_dots: 0 } as const
    const theirs = await page.evaluate(async ({ file, words, size_px, width, height }) => {
      const face = new FontFace('letters', `url(data:font/ttf;base64,${file})`)
      document.fonts.clear()
      document.fonts.add(await face.load())
      return words.map((word) => {
        const pen = new OffscreenCanvas(width, height).getContext('2d')
        if (pen === null) throw new Error('nothing can be drawn here')
        pen.font = `${size_px}px letters`
        // Where our pen sets its line: what goes up and down of the font, in the middle of the height.
        const [above, below] = [(1901 * size_px) / 2048, (483 * size_px) / 2048]
        pen.fillText(word, 0, Math.round((height - above - below) / 2 + above))
        return [...pen.getImageData(0, 0, width, height).data].filter((_, index) => index % 4 === 3).map((alpha) => alpha >= 115)
      })
    }, { file: font, words: WORDS, size_px: em, width: WIDTH, height: line })
    WORDS.forEach((word, index) => {
      const [ours] = lettering.lines(word, style, WIDTH)
      const mine = Array.from({ length: WIDTH * line }, (_, at) => isBlack(ours!.bitmap, at % WIDTH, Math.floor(at / WIDTH)))
      const browser = theirs[index] ?? []
      expect(Math.min(shared(mine, browser), shared(browser, mine)), `${word}, ${weight} ${size}`).toBeGreaterThan(ALIKE_MIN)
    })
  }
})

function shared(some: readonly boolean[], others: readonly boolean[]): number {
  const places = some.flatMap((black, at) => (black ? [at] : []))
  const near = [0, 1, -1, WIDTH, -WIDTH]
  return places.filter((at) => near.some((step) => others[at + step] === true)).length / places.length
}
