// Runs inside the machine, as its root: plays the stories and leaves the count for the host.
import { writeFileSync } from 'node:fs'
import { SerialAdapter } from './devices/serial-adapter.ts'
import { playStories } from './story.ts'
import './stories/hid-pos.ts'
import './stories/usb-hid.ts'
import './stories/permission.ts'
import './stories/serial-scanner.ts'
import './stories/rfid-pad.ts'
import './stories/usb-printer.ts'
import './stories/whole-till.ts'

const count = await playStories(process.argv.slice(2))
SerialAdapter.release()
writeFileSync('/run/job/count.json', JSON.stringify(count))
process.exit(count.failed === 0 ? 0 : 1)
