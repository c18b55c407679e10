import { refused } from '../../../contract/fault.ts'
import { setClockRight } from '../clock/set-clock-right.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const clockHandlers = (os: Os, core: RunningCore) => ({
  setRight: os.clock.setRight.handler(({ input }) =>
    valueOf(
      core.shop.desk.act('', (deed) => {
        const by = deed.authority('settings')
        return by === null ? refused('no-right', { right: 'settings' }) : setClockRight(deed, by, input.reason)
      }),
    ),
  ),
})
