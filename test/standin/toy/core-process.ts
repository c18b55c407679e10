import { answerMain } from '../../../electron/shell/core-side.ts'
import { startToyCore } from './start-toy-core.ts'

answerMain(process.parentPort, startToyCore)
