import { hexOf } from '../bytes.ts'
import type { Traffic } from '../traffic.ts'
import type { DeviceHealth } from './health.ts'

/**
 * What the support button exports: each device's health and the last of its raw traffic, as text that a person can
 * read and mail. It holds scanned codes, and so may hold customers' card numbers: the screen says so before it saves.
 */
export function supportFile(
  made_at: number,
  devices: readonly { readonly health: DeviceHealth; readonly traffic: readonly Traffic[] }[],
): string {
  const lines = [`Devices at ${stamp(made_at)}, ${process.platform} ${process.arch}, Node ${process.versions.node}`]
  for (const { health, traffic } of devices) {
    lines.push('', `${health.name} (${health.id}) at ${health.address}`)
    lines.push(`  ${health.state} since ${stamp(health.since)}${health.why === null ? '' : `: ${health.why}`}`)
    lines.push(`  opened ${health.opened_count}, lost ${health.lost_count}, events ${health.event_count}`)
    lines.push(`  garbled ${health.garbled_count}${health.noisy ? ', noisy now' : ''}`)
    lines.push(`  bytes in ${health.bytes_in}, out ${health.bytes_out}`)
    if (health.last_event !== null) lines.push(`  last event ${health.last_event.kind} at ${stamp(health.last_event.at)}`)
    for (const piece of traffic) lines.push(`    ${stamp(piece.at)} ${shown(piece)}`)
  }
  return `${lines.join('\n')}\n`
}

function shown(piece: Traffic): string {
  switch (piece.way) {
    case 'opened':
      return 'opened'
    case 'closed':
      return `closed: ${piece.why}`
    case 'in':
    case 'out': {
      const text = Array.from(piece.bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
      return `${piece.way === 'in' ? '<' : '>'} ${hexOf(piece.bytes)} ${text.join('')}`
    }
    default:
      return piece satisfies never
  }
}

function stamp(at: number): string {
  return new Date(at).toISOString()
}
