import { protocol } from 'electron'
import { KIOSK_PAGE_HEADERS, PAGE_HEADERS } from '../../contract/page-headers.ts'
import { APP_SCHEME } from './app-origin.ts'
import { answerFromFolder } from './page-files.ts'

/** Before `ready`, or Chromium treats the scheme as opaque: no origin, no storage, no modules. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built page in `folder` under our own scheme; which seat it is for is known when it is asked. After `ready`. */
export function serveApp(folder: string, isKiosk: () => boolean): void {
  protocol.handle(APP_SCHEME, (request) => answerFromFolder(folder, request, isKiosk() ? KIOSK_PAGE_HEADERS : PAGE_HEADERS))
}
