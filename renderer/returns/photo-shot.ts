import { PHOTO_BYTES_MAX, PHOTO_FILE_MAX } from '../../contract/case-view.ts'

/** Widest side of a kept picture in dots, then smaller ones where it is still too large. */
const SIDES = [1_600, 1_280, 960, 640] as const
const QUALITIES = [0.8, 0.65, 0.5] as const

export type Shot = { readonly is: 'shot'; readonly base64: string } | { readonly is: 'too-large'; readonly size_mb: number } | { readonly is: 'unreadable' }

/**
 * A picture as it may be kept: drawn anew as JPEG, so that place, time and device that cameras write into files stay
 * outside, and small enough for one message. A file beyond `PHOTO_FILE_MAX` is not even opened.
 */
export async function shotOf(file: Blob): Promise<Shot> {
  if (file.size > PHOTO_FILE_MAX) return { is: 'too-large', size_mb: Math.round(file.size / 1024 / 1024) }
  try {
    const picture = await createImageBitmap(file)
    const shot = await shrunk(picture, picture.width, picture.height)
    picture.close()
    return shot
  } catch (error) {
    if (error instanceof DOMException) return { is: 'unreadable' }
    throw error
  }
}

/** What a camera shows now. */
export const shotOfVideo = (video: HTMLVideoElement): Promise<Shot> => shrunk(video, video.videoWidth, video.videoHeight)

async function shrunk(source: CanvasImageSource, width: number, height: number): Promise<Shot> {
  if (width === 0 || height === 0) return { is: 'unreadable' }
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(width, height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    const pen = canvas.getContext('2d')
    if (pen === null) return { is: 'unreadable' }
    pen.drawImage(source, 0, 0, canvas.width, canvas.height)
    for (const quality of QUALITIES) {
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
      if (blob !== null && blob.size <= PHOTO_BYTES_MAX) return { is: 'shot', base64: await base64Of(blob) }
    }
  }
  return { is: 'too-large', size_mb: 1 }
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let start = 0; start < bytes.length; start += 8_192) text += String.fromCharCode(...bytes.subarray(start, start + 8_192))
  return btoa(text)
}
