import type { Page } from '@playwright/test'

/** Wide enough that a cut-off word is seen, and small enough for some forty sheets in a repository. */
const THUMB_WIDTH = 560
const QUALITY = 0.55

/** Four pictures a row, drawn together in a page that has nothing else to do, as one WebP file. */
export async function sheetOf(page: Page, shots: readonly Buffer[]): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ pictures, width, quality }) => {
      const bitmaps = await Promise.all(
        pictures.map(async (picture) => createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob())),
      )
      const rows = [bitmaps.slice(0, 4), bitmaps.slice(4)]
      const heights = rows.map((row) => Math.round(((row[0]?.height ?? 0) * width) / (row[0]?.width ?? 1)))
      const canvas = new OffscreenCanvas(width * 4, heights.reduce((sum, height) => sum + height, 0))
      const pen = canvas.getContext('2d')
      if (pen === null) throw new Error('nothing can be drawn here')
      pen.imageSmoothingQuality = 'high'
      let top = 0
      rows.forEach((row, place) => {
        const height = heights[place] ?? 0
        row.forEach((bitmap, column) => pen.drawImage(bitmap, column * width, top, width, height))
        top += height
      })
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer())
      let text = ''
      for (const byte of bytes) text += String.fromCharCode(byte)
      return btoa(text)
    },
    { pictures: shots.map((shot) => shot.toString('base64')), width: THUMB_WIDTH, quality: QUALITY },
  )
  return Buffer.from(base64, 'base64')
}
