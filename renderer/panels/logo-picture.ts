/** Dots across 80 mm paper: a wider picture would only be made narrower by the printer, and worse. */
const DOTS_MAX = 576
const HEIGHT_MAX = 400

/**
 * A picture file as a small PNG (base64) that a receipt printer can print: no wider than its paper, grey, on white.
 * Null for a file that is no picture, or that stays too large.
 */
export async function logoFrom(file: Blob, bytesMax: number): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null
  for (const most of [DOTS_MAX, DOTS_MAX / 2, DOTS_MAX / 4]) {
    const png = await drawn(picture, most)
    if (png !== null && png.size <= bytesMax) return base64(await png.arrayBuffer())
  }
  return null
}

function drawn(picture: ImageBitmap, most: number): Promise<Blob | null> {
  const scale = Math.min(1, most / picture.width, HEIGHT_MAX / picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext('2d')
  if (pen === null) return Promise.resolve(null)
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.filter = 'grayscale(1)'
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

function base64(bytes: ArrayBuffer): string {
  let text = ''
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte)
  return btoa(text)
}
