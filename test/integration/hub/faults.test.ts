import { expect, it } from 'vitest'
import { underFaults } from './faults.ts'

it('P76, P81: three tills and two hubs agree to the byte and the cent after killed processes, cut cables, and messages lost, doubled and late', async () => {
  const { conflicts: _, unheardUndone: __, ...happened } = await underFaults(Number(process.env['FAULT_SECONDS'] ?? 8), 11)
  expect(happened.events).toBeGreaterThan(20)
  for (const [kind, times] of Object.entries(happened)) expect(times, kind).toBeGreaterThan(0)
}, 400_000)
