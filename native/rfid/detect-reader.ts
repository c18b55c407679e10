import type { Clock } from '../clock.ts'
import type { Running } from '../run-driver.ts'
import { runDriver } from '../run-driver.ts'
import type { Transport } from '../transport.ts'
import type { DetectionEvent, DetectionLine } from './detection.ts'
import { detection, DETECTION_LINES } from './detection.ts'
import type { ReaderFamily } from './reader.ts'

export interface DetectedReader {
  readonly family: ReaderFamily
  readonly baud: number
}

/**
 * Finds out which reader is at a port by asking at one speed after another; about two seconds when nobody answers.
 * Null when nobody does. Rejects with the transport's fault when the port cannot be opened.
 */
export async function detectReader(
  transportAt: (baud: number) => Transport,
  clock: Clock,
): Promise<DetectedReader | null> {
  for (const line of DETECTION_LINES) {
    const answer = await askLine(line, transportAt(line.baud), clock)
    if (answer.kind === 'found') return { family: answer.family, baud: answer.baud }
  }
  return null
}

async function askLine(line: DetectionLine, transport: Transport, clock: Clock): Promise<DetectionEvent> {
  let running: Running<never> | null = null
  try {
    return await new Promise<DetectionEvent>((resolve, reject) => {
      runDriver({
        driver: detection(line),
        transport,
        clock,
        on: { event: resolve, gone: () => resolve({ kind: 'nobody', baud: line.baud }) },
      }).then((opened) => {
        running = opened
      }, reject)
    })
  } finally {
    await stopped(running)
  }
}

async function stopped(running: Running<never> | null): Promise<void> {
  await running?.stop()
}
