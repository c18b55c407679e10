import { useState } from 'react'
import type { UnitService } from '../../../contract/service-view.ts'
import type { Core } from '../../connect.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { useAnswer } from '../../desk/use-answer.ts'

/** What the service desk knows of one piece, and a way to act on it that takes the answer as the new truth. */
export function useService(unitId: string): {
  readonly service: UnitService | null
  readonly act: (call: (core: Core) => Promise<UnitService>) => Promise<boolean>
} {
  const store = useDeskStore()
  const asked = useAnswer((core, id: string) => core.service.unit({ unitId: id }), unitId)
  const [changed, setChanged] = useState<UnitService | null>(null)
  const act = async (call: (core: Core) => Promise<UnitService>) => {
    const answer = await store.ask(call)
    if (answer !== null) setChanged(answer)
    return answer !== null
  }
  return { service: changed?.unit.unitId === unitId ? changed : asked, act }
}
