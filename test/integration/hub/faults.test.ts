import { expect, it } from 'vitest'
import { underFaults } from './faults.ts'

it('P76, P81: three tills and two hubs agree to the byte and the cent after killed processes and cut cables', async () => {
  const { events, hubKills } = await underFaults(Number(process.env['FAULT_SECONDS'] ?? 8), 11)
  expect(events).toBeGreaterThan(20)
  expect(hubKills).toBeGreaterThan(0)
}, 400_000)
