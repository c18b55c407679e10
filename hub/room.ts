import type { HubGround } from './ground.ts'
import type { Route } from './server.ts'

/** A part of the centre: what it answers, and what it does on its own while the centre runs. */
export interface Room {
  readonly routes: readonly Route[]
  stop?(): Promise<void>
}

export type OpenRoom = (ground: HubGround) => Room | Promise<Room>
