/** The entry of the core process under Electron: everything the shop knows lives behind this line, nothing of it in main. */
import { startCore } from './core/start-core.ts'
import { answerMain } from './shell/core-side.ts'

answerMain(process.parentPort, startCore)
