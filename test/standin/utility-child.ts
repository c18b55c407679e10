/** Loaded into a utility process before its script: gives it `process.parentPort`, as Electron does. */
import { EventEmitter } from 'node:events'
import { PortLine } from './port-line.ts'
import type { UtilityLetter } from './utility-process.ts'

const send = (letter: UtilityLetter): void => {
  if (process.connected) process.send?.(letter)
}
const ports = new PortLine(send)
const early: object[] = []

class ParentPort extends EventEmitter {
  postMessage(data: unknown): void {
    send({ t: 'message', data, ports: [] })
  }
}
const parentPort = new ParentPort()

// Electron keeps what arrives before anybody listens.
parentPort.on('newListener', (name) => {
  if (name === 'message') setImmediate(() => early.splice(0).forEach((event) => parentPort.emit('message', event)))
})
process.on('message', (letter: UtilityLetter) => {
  if (letter.t !== 'message') return ports.receive(letter)
  const event = { data: letter.data, ports: letter.ports.map((id) => ports.adopt(id)) }
  if (parentPort.listenerCount('message') === 0 || early.length > 0) early.push(event)
  else parentPort.emit('message', event)
})
process.on('disconnect', () => process.exit(0))
Object.assign(process, { parentPort, type: 'utility' })
