import { GateKind, type ProductGate } from '../../../contract/sale-view.ts'
import { wasNeverWarmer } from '../../../contract/sensors/breach.ts'
import { limitsIn } from '../../../contract/sensors/product-limits.ts'
import type { Deed } from '../flows/deed.ts'
import type { SaleFacts, SaleIntent, SaleState } from '../flows/sale-state.ts'
import type { Ground } from '../ground.ts'
import { recordEvent } from '../store/journal.ts'
import { sql } from '../store/store.ts'

/** The gates of everything in the cart, as the centre tells them, and the day they are asked on. */
export function gatesFor(ground: Ground, state: Pick<SaleState, 'lines'>): Pick<SaleFacts, 'gates' | 'today' | 'wasNeverWarmer'> {
  const gates = new Map<string, ProductGate[]>()
  for (const { productId } of state.lines.flatMap((line) => [line, ...(line.parts ?? [])])) {
    if (gates.has(productId)) continue
    const rows = sql(ground.mirror.reading, 'SELECT gate, value FROM product_gates WHERE product_id = ? ORDER BY gate').all(productId) as
      { gate: string; value: string }[]
    gates.set(productId, rows.flatMap(({ gate, value }) => {
      const kind = GateKind.safeParse(gate)
      return kind.success ? [{ gate: kind.data, value }] : []
    }))
  }
  return { gates, today: ground.priceAsked().day, wasNeverWarmer: (unitId, celsius) => readingsSay(ground, unitId, celsius) }
}

function readingsSay({ mirror, now }: Ground, unitId: string, celsius: number): boolean {
  const unit = mirror.unit(unitId)
  return unit !== null && wasNeverWarmer(unit.facts.sensed ?? [], celsius, limitsIn(mirror.product(unit.productId)?.limits), now())
}

/** That a gate was asked and what came of it; of a person nothing is kept, of a book the number of the entry. */
export function tellGate(deed: Deed, told: Extract<SaleIntent, { want: 'tell-gate' }>): void {
  const { ground, staff } = deed
  recordEvent(deed.db, {
    id: ground.newId(), kind: 'gate-passed', unitId: told.unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId: staff?.staffId ?? null, who: staff?.name ?? null,
    params: { gate: told.gate.gate, value: told.gate.value, outcome: told.passed ? 'passed' : 'refused', ...(told.entry === '' ? {} : { entry: told.entry }) },
    facts: null,
  })
}
