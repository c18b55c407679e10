import { browser } from './chromium.ts'
import { quietly } from './cdp.ts'

/** The DevTools sessions of the pages this process opens, by target. */
const sessions = new Map<string, string>()
const waiting = new Map<string, (sessionId: string) => void>()
const onGone = new Map<string, () => void>()

/** Attaches to every page from its birth, paused until somebody lets it run. */
export async function watchTargets(): Promise<void> {
  const { cdp } = browser()
  cdp.on('Target.attachedToTarget', '', ({ sessionId, targetInfo, waitingForDebugger }) => {
    if (targetInfo.type !== 'page') {
      if (waitingForDebugger) quietly(cdp.send('Runtime.runIfWaitingForDebugger', {}, sessionId))
      return
    }
    if (targetInfo.openerId !== undefined) {
      console.error('electron stand-in: a window opened in a way the stand-in does not catch:', targetInfo.url)
      process.exit(70)
    }
    sessions.set(targetInfo.targetId, sessionId)
    waiting.get(targetInfo.targetId)?.(sessionId)
  })
  cdp.on('Target.targetDestroyed', '', ({ targetId }) => onGone.get(targetId)?.())
  await cdp.send('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'page' }] })
  await cdp.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }],
  })
}

/** Opens an empty page, still paused, and gives the session that speaks with it. */
export async function openTarget(
  size: { width: number; height: number },
  gone: () => void,
): Promise<{ targetId: string; sessionId: string }> {
  const { targetId } = await browser().cdp.send('Target.createTarget', { url: 'about:blank', newWindow: true, ...size })
  onGone.set(targetId, gone)
  const sessionId = sessions.get(targetId) ?? (await new Promise<string>((resolve) => waiting.set(targetId, resolve)))
  waiting.delete(targetId)
  return { targetId, sessionId }
}
