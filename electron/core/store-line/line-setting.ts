import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { StartFault } from '../options.ts'

const FILE = 'store-line.json'

/** `listen`: this till hears the kiosks of the store; `to`: this kiosk tells that till. The key is the same at all of them. */
const LineSetting = z.strictObject({
  key: z.string().min(16).max(200),
  listen: z.object({ host: z.string().min(1), port: z.int().min(0).max(65_535) }).optional(),
  to: z.url({ protocol: /^http$/ }).optional(),
})
export type LineSetting = z.infer<typeof LineSetting>

/** The line between the tills of a store as its file in the data folder has it; null where there is none. */
export function lineSetting(dataDir: string): LineSetting | null {
  const file = join(dataDir, FILE)
  if (!existsSync(file)) return null
  try {
    return LineSetting.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : String(error)
    throw new StartFault(`The store line in ${file} cannot be used: ${why}`, { cause: error })
  }
}
