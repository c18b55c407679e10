import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

/** One-way messages from pages; `handle` and `invoke` are not used by our program and not written here. */
export const ipcMain = strict('ipcMain', new EventEmitter())
