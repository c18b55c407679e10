// `npm run hub`: the centre's pages are built where a source of theirs is newer, then the centre starts.
import { build } from './build.mjs'

if (!['--help', '-h'].some((word) => process.argv.includes(word))) await build({ ifStale: true })
await import('./hub.ts')
