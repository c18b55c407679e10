import { customersRoom } from './customers-room.ts'
import { doorsRoom } from './doors-room.ts'
import { faceRoom } from './face-room.ts'
import { receiptsRoom } from './receipts-room.ts'
import type { OpenRoom } from './room.ts'
import { syncRoom } from './sync/room.ts'

/**
 * Every room of the centre. A new room is one line here; its tables come with a migration under `migrations/hub`.
 * Routes are asked in this order.
 */
export const ROOMS: readonly OpenRoom[] = [syncRoom, receiptsRoom, customersRoom, faceRoom, doorsRoom]
