import type { VectorProtocols } from './device-vector.ts'

export const printerProtocols: VectorProtocols = {}
