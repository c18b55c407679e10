import type { Protocol } from './cdp.ts'
import { browser } from './chromium.ts'
import { addressOutside, handlerOf, isCancelled } from './session.ts'

export interface PageRequests {
  readonly contentsId: number
  readonly sessionId: string
  /** Whether this navigation of the whole page may go on; the program is asked unless it began it itself. */
  mayNavigate(url: string): boolean
  isTopFrame(frameId: string): boolean
}

/** Answers one request of a page: by the program's protocol handler, by the network, or not at all. */
export async function answerRequest(page: PageRequests, paused: Protocol.Events['Fetch.requestPaused']): Promise<void> {
  const { cdp } = browser()
  const { requestId, request, resourceType, frameId } = paused
  const url = addressOutside(request.url)
  const fail = (errorReason: 'Aborted' | 'BlockedByClient' | 'Failed'): Promise<unknown> =>
    cdp.send('Fetch.failRequest', { requestId, errorReason }, page.sessionId)

  const ofThePage = resourceType === 'Document' && page.isTopFrame(frameId)
  if (ofThePage && paused.redirectedRequestId === undefined && !page.mayNavigate(url)) return void (await fail('Aborted'))
  if (await isCancelled({ url, method: request.method, webContentsId: page.contentsId })) {
    return void (await fail('BlockedByClient'))
  }
  const handler = url === request.url ? undefined : handlerOf(url)
  if (handler === undefined) return void (await cdp.send('Fetch.continueRequest', { requestId }, page.sessionId))

  try {
    const asked = new Request(url, {
      method: request.method,
      headers: request.headers,
      ...(request.postData !== undefined && { body: request.postData }),
    })
    const response = await handler(asked)
    const body = Buffer.from(await response.arrayBuffer()).toString('base64')
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }))
    const answer = { requestId, responseCode: response.status, responseHeaders, body }
    await cdp.send('Fetch.fulfillRequest', answer, page.sessionId)
  } catch (error) {
    console.error('[stand-in] the protocol handler threw', error)
    await fail('Failed')
  }
}
