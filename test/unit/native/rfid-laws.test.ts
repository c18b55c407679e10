import { driverLaws } from '../../support/drivers/laws.ts'
import { RFID_CASES } from '../../support/rfid/samples.ts'

for (const { driver, samples, ready } of RFID_CASES) {
  driverLaws(driver, samples, {
    ready,
    counts: (event) => event.kind === 'tag',
    checked: true,
    held_max: 8 * 1024,
    commands: [
      { kind: 'open-field' },
      { kind: 'close-field' },
      { kind: 'read-tid', id: 'a', epc: '30751FEB705C5904E3D50D70' },
      { kind: 'read-user', id: 'b', epc: 'CB98A605', words: 4 },
      { kind: 'write-epc', id: 'c', epc: '30751FEB705C5904E3D50D70', to: 'E20000000000000000000001' },
      { kind: 'kill', id: 'd', epc: '30751FEB705C5904E3D50D70', password: '12345678' },
      { kind: 'set-power', id: 'e', power_dbm: 15 },
      { kind: 'feedback', id: 'f', as: 'bad' },
    ],
  })
}
