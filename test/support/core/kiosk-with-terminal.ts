import { until } from '../pseudo-terminal.ts'
import { AtKiosk } from './kiosk.ts'
import { enter, startTill, type RunningTill } from './till.ts'

/** A kiosk over this data folder, once its card terminal is ready. */
export async function startKioskWithTerminal(dataDir: string, address: string): Promise<{ till: RunningTill; kiosk: AtKiosk; leave: () => void }> {
  const till = await startTill(['--data', dataDir, '--seat', 'kiosk', '--terminal', address])
  const { client, close } = await enter(till)
  const isReady = async () => (await client.desk.view()).devices.some(({ role, state }) => role === 'terminal' && state === 'ready')
  await until(isReady, 'the terminal of the kiosk')
  return { till, kiosk: new AtKiosk(client), leave: close }
}
