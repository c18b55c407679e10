import type { PrintState } from '../../contract/print-state.ts'

/** Whether the customer's paper is out or on its way. */
export const comesOut = ({ state }: PrintState): boolean => state === 'printed' || state === 'printing' || state === 'waiting'
