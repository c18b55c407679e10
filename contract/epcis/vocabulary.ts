/**
 * The words of the Core Business Vocabulary 2.0 that the shop's journal is told in, as bare terms.
 * The schema lets a misspelt address pass, so only terms of these lists are ever written.
 */
export type Action = 'ADD' | 'OBSERVE' | 'DELETE'

export type BizStep =
  | 'accepting' | 'assembling' | 'commissioning' | 'cycle_counting' | 'decommissioning' | 'destroying'
  | 'disassembling' | 'encoding' | 'holding' | 'inspecting' | 'killing' | 'other' | 'packing' | 'receiving' | 'repairing'
  | 'replacing' | 'reserving' | 'retail_selling' | 'sensor_reporting' | 'shipping' | 'staging_outbound'
  | 'stock_taking' | 'stocking' | 'storing'

export type Disposition =
  | 'active' | 'available' | 'conformant' | 'damaged' | 'destroyed' | 'encoded' | 'in_progress' | 'in_transit'
  | 'inactive' | 'mismatch_instance' | 'needs_replacement' | 'non_conformant' | 'non_sellable_other' | 'recalled'
  | 'reserved' | 'retail_sold' | 'returned' | 'sellable_accessible' | 'sellable_not_accessible' | 'stolen'
  | 'unavailable' | 'unknown'

export type TransactionType = 'desadv' | 'inv' | 'po' | 'rma'

export type PartyType = 'owning_party' | 'possessing_party' | 'location'

export type ErrorReason = 'did_not_occur' | 'incorrect_data'
