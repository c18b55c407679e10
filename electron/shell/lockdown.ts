import type { Session, WebContents } from 'electron'
import { APP_SCHEME, isOurPage } from './app-origin.ts'
import { isOwnFile } from './own-file.ts'
import { isPermitted } from './permissions.ts'

/** Schemes without a network behind them. `devtools:` exists only where devtools do. */
const LOCAL_SCHEMES = new Set([`${APP_SCHEME}:`, 'blob:', 'data:', 'devtools:'])

/** Keeps a page where it is: no other address, no second window, no guest in it. For every page there will ever be. */
export function lockPage(contents: WebContents, log: (line: string) => void): void {
  const stop = (event: { preventDefault(): void }, address: string): void => {
    if (isOurPage(address)) return
    event.preventDefault()
    log(`A page tried to go to ${originOf(address)}; it stays.`)
  }
  contents.on('will-navigate', (event) => stop(event, event.url))
  contents.on('will-frame-navigate', (event) => stop(event, event.url))
  contents.on('will-redirect', (event) => stop(event, event.url))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    log(`A page tried to open a window for ${originOf(url)}; there is none.`)
    return { action: 'deny' }
  })
}

/** Refuses what a page might ask of the machine: devices, downloads, the network. */
export function lockSession(
  session: Session,
  photoStepOpen: (contentsId: number) => boolean,
  mayKeepFiles: () => boolean,
): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const question = { permission, address: details.requestingUrl, isMainFrame: details.isMainFrame, media }
    answer(isPermitted(question, photoStepOpen(contents.id)))
  })
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    if (contents === null) return false
    const media = details.mediaType === undefined ? [] : [details.mediaType]
    const question = { permission, address: `${origin}/`, isMainFrame: details.isMainFrame, media }
    return isPermitted(question, photoStepOpen(contents.id))
  })
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    if (!mayKeepFiles() || !isOwnFile(item.getURL(), item.getMimeType())) event.preventDefault()
  })
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !LOCAL_SCHEMES.has(new URL(details.url).protocol) })
  })
}

/** An address may carry what a customer typed; its origin is enough for the log. */
function originOf(address: string): string {
  if (!URL.canParse(address)) return 'an address that is none'
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}
