import type { Gate, SaleAction } from '../../../contract/sale-view.ts'
import { daysBetween } from '../../../contract/days.ts'
import { pendingGates } from './gates.ts'
import type { SaleStep } from './sale-lines.ts'
import { toTender } from './sale-payment.ts'
import type { SaleFacts, SaleIntent, SaleState } from './sale-state.ts'
import { say } from './say.ts'

/**
 * What somebody saw at a gate. A yes opens it for this sale; a no takes the sale back to the cart, where the thing can be
 * taken out. That it was looked at and with which outcome is told to the journal, and nothing of a person with it.
 */
export function answerGate(state: SaleState, input: Extract<SaleAction, { do: 'answer-gate' }>, facts: SaleFacts): SaleStep {
  const gate = state.at === 'gating' ? pendingGates(state, facts).find(({ gateId }) => gateId === input.gateId) : undefined
  if (!gate) return { state, intents: [], refused: 'not-in-this-state' }
  const line = state.lines.find(({ lineId, name }) => input.gateId.endsWith(lineId) || gate.names.includes(name))
  if (input.passed && gate.entry === 'text' && input.entry === '') return { state, intents: [], refused: 'reason-missing' }
  const waits = input.passed && gate.entry === 'day' && !isOver(gate, input.entry, facts)
  const passed = input.passed && !waits
  const tell: SaleIntent = { want: 'tell-gate', gate, unitId: line?.unitId ?? null, passed, entry: passed ? input.entry : '' }
  if (!passed) {
    const offer = line ? ({ kind: 'remove-line', lineId: line.lineId } as const) : null
    const notice = say(facts, 'stop', waits ? 'gate-waits' : 'gate-refused', { name: gate.names[0] ?? '', days: gate.value }, offer)
    return { state: { ...state, at: 'open', notice }, intents: [tell] }
  }
  const open: SaleState = { ...state, passed: [...(state.passed ?? []), gate.gateId] }
  if (pendingGates(open, facts).length > 0) return { state: open, intents: [tell] }
  const step = toTender(open, facts)
  return { ...step, intents: [tell, ...step.intents] }
}

/** A day that is none, or that has not come yet, is no day from which anybody waited. */
const isOver = (gate: Gate, from: string, { now, today = now.slice(0, 10) }: SaleFacts): boolean =>
  /^\d{4}-\d{2}-\d{2}$/u.test(from) && from <= today && daysBetween(from, today) >= Number(gate.value)
