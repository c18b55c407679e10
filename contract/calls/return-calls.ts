import { DeskView } from '../desk-view.ts'
import { ReturnAction } from '../return-view.ts'
import { Flow, staff } from './allowed.ts'

export const returns = {
  act: staff(['counter', 'service']).input(Flow.extend({ action: ReturnAction })).output(DeskView),
}
