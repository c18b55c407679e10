import { unreachable } from '../../contract/unreachable.ts'
import type { SaleView } from '../../contract/sale-view.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { AtTerminal } from '../parts/at-terminal.tsx'
import { GatingSale } from './gating-sale.tsx'
import { OpenSale } from './open-sale.tsx'
import { PaidSale } from './paid-sale.tsx'
import type { OpenPanel } from './panel-name.ts'
import { TenderingSale } from './tendering-sale.tsx'

export function SaleScreen({ sale, openPanel }: { sale: SaleView; openPanel: OpenPanel }) {
  const store = useDeskStore()
  switch (sale.at) {
    case 'open':
      return <OpenSale sale={sale} openPanel={openPanel} />
    case 'gating':
      return <GatingSale sale={sale} />
    case 'tendering':
      return <TenderingSale sale={sale} />
    case 'asking-terminal':
      return (
        <AtTerminal
          way={sale.way ?? 'charge'}
          asked={{ ...sale, currency: sale.totals.currency }}
          act={(action) => void store.act((core) => core.sale.act({ flowId: sale.flowId, action }))}
        />
      )
    case 'paid':
      return <PaidSale sale={sale} openPanel={openPanel} />
    default:
      return unreachable(sale)
  }
}
