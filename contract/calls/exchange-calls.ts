import { DeskView } from '../desk-view.ts'
import { ExchangeAction } from '../exchange-view.ts'
import { Flow, staff, STAFFED } from './allowed.ts'

export const exchange = {
  act: staff(STAFFED).input(Flow.extend({ action: ExchangeAction })).output(DeskView),
}
