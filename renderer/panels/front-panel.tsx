import { unreachable } from '../../contract/unreachable.ts'
import type { OpenPanel, Panel } from '../screens/panel-name.ts'
import { ActivationsPanel } from './activation/activations-panel.tsx'
import { AuthoritiesPanel } from './authorities/authorities-panel.tsx'
import { CasePanel } from './cases/case-panel.tsx'
import { CasesPanel } from './cases/cases-panel.tsx'
import { InspectionPanel } from './cases/inspection-panel.tsx'
import { CountingPanel } from './counting/counting-panel.tsx'
import { CustomerPanel } from './customers/customer-panel.tsx'
import { CustomersPanel } from './customers/customers-panel.tsx'
import { DevicesPanel } from './devices-panel.tsx'
import { ExplainPanel } from './explain-panel.tsx'
import { FiguresPanel } from './figures-panel.tsx'
import { JournalPanel } from './journal-panel.tsx'
import { KeysPanel } from './help/keys-panel.tsx'
import { LabelPanel } from './labels/label-panel.tsx'
import { MailsPanel } from './letters/mails-panel.tsx'
import { MarkPanel } from './marks/mark-panel.tsx'
import { PaperPanel } from './paper-panel.tsx'
import { ParcelsPanel } from './parcels/parcels-panel.tsx'
import { PapersPanel } from './papers-panel.tsx'
import { ParkedPanel } from './parked-panel.tsx'
import { PiecesPanel } from './pieces/pieces-panel.tsx'
import { PolicyPanel } from './policy/policy-panel.tsx'
import { ServicePanel } from './service/service-panel.tsx'
import { UnitServicePanel } from './service/unit-service-panel.tsx'
import { VendorPanel } from './service/vendor-panel.tsx'
import { ShiftPanel } from './shift-panel.tsx'
import { ShipmentsPanel } from './shipments/shipments-panel.tsx'
import { SyncPanel } from './sync-panel.tsx'
import { TemplatePanel } from './template-panel.tsx'

interface FrontPanelProps {
  readonly panel: Panel
  readonly openPanel: OpenPanel
  readonly onClose: () => void
}

export function FrontPanel({ panel, openPanel, onClose }: FrontPanelProps) {
  switch (panel.name) {
    case 'papers':
      return <PapersPanel openPanel={openPanel} onClose={onClose} />
    case 'paper':
      return (
        <PaperPanel documentId={panel.documentId} source={panel.source ?? null} openPanel={openPanel} onClose={onClose} />
      )
    case 'parked':
      return <ParkedPanel openPanel={openPanel} onClose={onClose} />
    case 'shift':
      return <ShiftPanel openPanel={openPanel} onClose={onClose} />
    case 'journal':
      return <JournalPanel openPanel={openPanel} onClose={onClose} />
    case 'devices':
      return <DevicesPanel onClose={onClose} />
    case 'explain':
      return <ExplainPanel onClose={onClose} />
    case 'service':
      return <ServicePanel openPanel={openPanel} onClose={onClose} />
    case 'shipments':
      return <ShipmentsPanel piece={panel.piece} toStoreId={panel.toStoreId ?? null} openPanel={openPanel} onClose={onClose} />
    case 'activations':
      return <ActivationsPanel saleId={panel.saleId} onClose={onClose} />
    case 'parcels':
      return <ParcelsPanel saleId={panel.saleId} openPanel={openPanel} onClose={onClose} />
    case 'authorities':
      return <AuthoritiesPanel openPanel={openPanel} onClose={onClose} />
    case 'label':
      return <LabelPanel unit={panel.unit} onClose={onClose} />
    case 'counting':
      return <CountingPanel openPanel={openPanel} onClose={onClose} />
    case 'pieces':
      return <PiecesPanel show={panel.show} text={panel.text ?? ''} openPanel={openPanel} onClose={onClose} />
    case 'unit-service':
      return <UnitServicePanel unitId={panel.unitId} openPanel={openPanel} onClose={onClose} />
    case 'marks':
      return <MarkPanel key={panel.unitId} unitId={panel.unitId} onClose={onClose} />
    case 'vendors':
      return <VendorPanel openPanel={openPanel} onClose={onClose} />
    case 'customers':
      return <CustomersPanel openPanel={openPanel} onClose={onClose} />
    case 'customer':
      return (
        <CustomerPanel
          key={panel.customerId} customerId={panel.customerId} typed={panel.typed ?? ''} openPanel={openPanel} onClose={onClose}
        />
      )
    case 'template':
      return <TemplatePanel onClose={onClose} />
    case 'mails':
      return <MailsPanel onClose={onClose} />
    case 'figures':
      return <FiguresPanel onClose={onClose} />
    case 'keys':
      return <KeysPanel onClose={onClose} />
    case 'cases':
      return <CasesPanel openPanel={openPanel} onClose={onClose} />
    case 'case':
      return <CasePanel key={panel.caseId} caseId={panel.caseId} openPanel={openPanel} onClose={onClose} />
    case 'policy':
      return <PolicyPanel onClose={onClose} />
    case 'sync':
      return <SyncPanel onClose={onClose} />
    case 'inspection':
      return <InspectionPanel openPanel={openPanel} onClose={onClose} />
    default:
      return unreachable(panel)
  }
}
