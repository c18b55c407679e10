import { CheckAction } from '../check-view.ts'
import { DeskView } from '../desk-view.ts'
import { EVERYBODY, Flow, staff, STAFFED } from './allowed.ts'

export const check = {
  act: staff(STAFFED, EVERYBODY).input(Flow.extend({ action: CheckAction })).output(DeskView),
}
