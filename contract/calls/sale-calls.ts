import { DeskView } from '../desk-view.ts'
import { SaleAction } from '../sale-view.ts'
import { Flow, staff } from './allowed.ts'

export const sale = {
  begin: staff(['counter'], ['cashier', 'supervisor', 'manager']).output(DeskView),
  act: staff(['counter'], ['cashier', 'supervisor', 'manager'])
    .input(Flow.extend({ action: SaleAction }))
    .output(DeskView),
  recall: staff(['counter'], ['cashier', 'supervisor', 'manager']).input(Flow).output(DeskView),
}
