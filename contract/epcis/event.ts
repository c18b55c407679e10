import type { Action, BizStep, Disposition, ErrorReason, PartyType, TransactionType } from './vocabulary.ts'

/** The EPCIS 2.0 events of a shop, as they stand in JSON-LD. */
export type EpcisEvent = ObjectEvent | TransactionEvent | AssociationEvent | TransformationEvent

export interface BizTransaction {
  /** Missing for an act that the vocabulary has no type for. */
  readonly type?: TransactionType
  readonly bizTransaction: string
}

export interface PersistentDisposition {
  readonly set?: readonly Disposition[]
  readonly unset?: readonly Disposition[]
}

export interface ErrorDeclaration {
  readonly declarationTime: string
  readonly reason: ErrorReason
  readonly correctiveEventIDs?: readonly string[]
}

export interface SensorElement {
  readonly sensorMetadata: { readonly time: string, readonly deviceID: string }
  readonly sensorReport: readonly { readonly type: string, readonly value: number, readonly uom: string }[]
}

/** What every event says: when, where, why, and whether it was an error. */
interface Common {
  readonly eventID?: string
  /** RFC 3339 with the offset of the place. */
  readonly eventTime: string
  readonly eventTimeZoneOffset: string
  readonly bizStep?: BizStep
  readonly disposition?: Disposition
  readonly readPoint?: { readonly id: string }
  readonly bizLocation?: { readonly id: string }
  readonly bizTransactionList?: readonly BizTransaction[]
  readonly sourceList?: readonly { readonly type: PartyType, readonly source: string }[]
  readonly destinationList?: readonly { readonly type: PartyType, readonly destination: string }[]
  readonly sensorElementList?: readonly SensorElement[]
  readonly errorDeclaration?: ErrorDeclaration
}

export interface ObjectEvent extends Common {
  readonly type: 'ObjectEvent'
  readonly action: Action
  readonly epcList?: readonly string[]
  readonly persistentDisposition?: PersistentDisposition
  /** Only with action ADD: lot and expiry, under the prefix of the shop's own namespace. */
  readonly ilmd?: Readonly<Record<string, string>>
}

export interface TransactionEvent extends Common {
  readonly type: 'TransactionEvent'
  readonly action: Action
  readonly epcList: readonly string[]
}

export interface AssociationEvent extends Common {
  readonly type: 'AssociationEvent'
  readonly action: Action
  readonly parentID: string
  readonly childEPCs: readonly string[]
}

export interface TransformationEvent extends Common {
  readonly type: 'TransformationEvent'
  readonly inputEPCList: readonly string[]
  readonly outputEPCList: readonly string[]
}
