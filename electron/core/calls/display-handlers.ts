import { customerScreen } from '../devices/customer-screen.ts'
import { latestOnly } from './latest-only.ts'
import type { Os, RunningCore } from './implementer.ts'

export const displayHandlers = (os: Os, core: RunningCore) => ({
  changed: os.display.changed.handler(({ signal }) =>
    latestOnly(
      () => customerScreen(core.shop.desk.view()),
      (listener) => core.feed.subscribe((view) => listener(customerScreen(view))),
      signal,
    ),
  ),
})
