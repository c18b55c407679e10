import { Day } from '../../../contract/ids.ts'

/** The day that a text names, as an address or a field has it; null where it names none. */
export const dayIn = (text: string): Day | null => Day.nullable().catch(null).parse(text)
