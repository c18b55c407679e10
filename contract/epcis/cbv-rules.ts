/** A rule of EPCIS or CBV 2.0 that the JSON schema cannot see. */
export type CbvFault =
  | 'did-not-occur-names-corrections' | 'correction-names-none' | 'empty-epc-list' | 'no-parent' | 'sensor-nowhere'
  | 'encoding-outside-transaction'

/**
 * The rules that a document breaks although the schema lets it pass; empty for a good one. Takes parsed JSON of any
 * shape: what is not an event is left to the schema.
 */
export function cbvFaults(document: unknown): CbvFault[] {
  return eventsIn(document).flatMap(eventFaults)
}

type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0

function eventsIn(document: unknown): Json[] {
  if (!isRecord(document)) return []
  const body = document['epcisBody']
  if (!isRecord(body)) return [document]
  const list = body['eventList']
  return Array.isArray(list) ? list.filter(isRecord) : []
}

function eventFaults(event: Json): CbvFault[] {
  const faults: CbvFault[] = []
  const declared = event['errorDeclaration']
  if (isRecord(declared)) {
    const corrected = isFilled(declared['correctiveEventIDs'])
    if (declared['reason'] === 'did_not_occur' && corrected) faults.push('did-not-occur-names-corrections')
    if (declared['reason'] === 'incorrect_data' && !corrected) faults.push('correction-names-none')
  }
  const hasSensors = isFilled(event['sensorElementList'])
  const isAboutThings = isFilled(event['epcList']) || isFilled(event['quantityList'])
  if (Array.isArray(event['epcList']) && !isAboutThings && !hasSensors) faults.push('empty-epc-list')
  const isContainer = event['type'] === 'AggregationEvent' || event['type'] === 'AssociationEvent'
  if (isContainer && event['action'] === 'ADD' && typeof event['parentID'] !== 'string') faults.push('no-parent')
  const isNowhere = event['readPoint'] === undefined && event['bizLocation'] === undefined
  if (hasSensors && !isAboutThings && isNowhere) faults.push('sensor-nowhere')
  const isEncoding = event['bizStep'] === 'encoding'
  if (isEncoding && event['type'] !== 'TransactionEvent') faults.push('encoding-outside-transaction')
  return faults
}
