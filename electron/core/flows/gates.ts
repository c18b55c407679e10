import type { Gate, GateKind, ProductGate } from '../../../contract/sale-view.ts'
import type { SaleFacts, SaleState } from './sale-state.ts'

/** Asked once a sale, whatever stands in the cart; the others are about one thing each. */
const ABOUT_THE_CUSTOMER: ReadonlySet<GateKind> = new Set(['age', 'licence'])

/**
 * What must still be looked at before the tender, in the order of the lines. A customer is asked for the age once, for
 * the highest that any thing in the cart wants; who was old enough for that is old enough for the others.
 */
export function pendingGates(state: Pick<SaleState, 'lines' | 'passed'>, facts: GateFacts): Gate[] {
  const asked = new Map<string, Gate>()
  for (const line of state.lines)
    for (const { gate, value } of [line, ...(line.parts ?? [])].flatMap((piece) => gatesOf(piece, facts))) {
      const gateId = ABOUT_THE_CUSTOMER.has(gate) ? idOf(gate, value) : `${gate}.${line.lineId}`
      const known = asked.get(gateId)
      if (known) asked.set(gateId, { ...known, names: [...known.names, line.name] })
      else asked.set(gateId, { gateId, gate, value, names: [line.name], entry: ENTRY[gate], bornUntil: gate === 'age' ? bornUntil(value, facts.today) : null })
    }
  const oldest = Math.max(0, ...[...asked.values()].filter(({ gate }) => gate === 'age').map(({ value }) => Number(value)))
  const wanted = [...asked.values()].filter(({ gate, value }) => gate !== 'age' || Number(value) === oldest)
  return wanted.filter(({ gateId, gate, value }) => !isPassed(state.passed ?? [], gateId, gate, value))
}

type GateFacts = Pick<SaleFacts, 'gates' | 'today' | 'wasNeverWarmer'>

/** Nobody is asked to look at an indicator where a logger has told the same. */
const gatesOf = ({ productId, unitId }: { productId: string; unitId: string | null }, { gates, wasNeverWarmer }: GateFacts): ProductGate[] =>
  (gates?.get(productId) ?? []).filter(({ gate, value }) => gate !== 'cold-chain' || unitId === null || wasNeverWarmer?.(unitId, Number(value)) !== true)

const ENTRY: Readonly<Record<GateKind, Gate['entry']>> = { age: 'none', licence: 'none', register: 'text', wait: 'day', 'cold-chain': 'none' }

/** An id is of few characters; what a licence is called may have any. */
const idOf = (gate: GateKind, value: string): string => `${gate}.${value.replaceAll(/[^A-Za-z0-9]/gu, '-').slice(0, 40)}`

function isPassed(passed: readonly string[], gateId: string, gate: GateKind, value: string): boolean {
  if (gate !== 'age') return passed.includes(gateId)
  return passed.some((id) => id.startsWith('age.') && Number(id.slice('age.'.length)) >= Number(value))
}

function bornUntil(years: string, today: string | undefined): string | null {
  const count = Number(years)
  if (today === undefined || !Number.isInteger(count) || count < 0 || count > 150) return null
  const year = Number(today.slice(0, 4)) - count
  // Who was born on a 29 February is of age on 1 March at the latest; the day before is the last that counts in other years.
  const day = today.slice(4) === '-02-29' && !isLeap(year) ? '-02-28' : today.slice(4)
  return `${String(year).padStart(4, '0')}${day}`
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
