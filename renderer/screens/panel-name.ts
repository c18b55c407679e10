import type { UnitCard } from '../../contract/unit.ts'
import type { PaperSource } from '../panels/make-paper.ts'
import type { PieceFound } from '../panels/service/scan-piece.tsx'

/** A panel over the screen in front. `paper` shows one document. */
export type Panel =
  | { readonly name: 'cases' | 'inspection' }
  | { readonly name: 'case'; readonly caseId: string }
  | { readonly name: 'papers' | 'parked' | 'shift' | 'journal' | 'devices' | 'explain' | 'sync' }
  | { readonly name: 'service' | 'policy' | 'vendors' | 'authorities' }
  | { readonly name: 'unit-service' | 'marks'; readonly unitId: string }
  | { readonly name: 'customers' | 'template' | 'mails' | 'keys' | 'figures' | 'counting' }
  /** With a piece that was chosen before, it is sent; to the store that has asked for it, where one has. */
  | { readonly name: 'shipments'; readonly piece: PieceFound | null; readonly toStoreId?: string }
  /** Of one sale, or with null all that wait for somebody. */
  | { readonly name: 'activations' | 'parcels'; readonly saleId: string | null }
  | { readonly name: 'label'; readonly unit: UnitCard }
  | { readonly name: 'pieces'; readonly show: 'find' | 'kept'; readonly text?: string }
  /** Null makes a new customer, from what was typed. */
  | { readonly name: 'customer'; readonly customerId: string | null; readonly typed?: string }
  | { readonly name: 'paper'; readonly documentId: string; readonly source?: PaperSource }

export type OpenPanel = (panel: Panel) => void
