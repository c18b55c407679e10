import { startCoreWith } from '../../../electron/core/start-core.ts'
import { readOptions } from '../../../electron/core/options.ts'
import { frontOf } from '../../../electron/core/desk/going-on.ts'

/**
 * A till that sells without a pause until it is killed: units and plain articles, paid in cash, each receipt sent to
 * the printer; now and then it takes one back. Started as a process of its own: `selling-till.ts DATA PRINTER SEED`.
 */
const [dataDir = '', printer = '', seed = '0'] = process.argv.slice(2)
const options = readOptions(['--data', dataDir, '--printer', printer, '--no-open'])
if (options === 'help') throw new Error('no help is wanted')
const core = await startCoreWith(options)
const { shop } = core
const { desk } = shop
const { session } = desk.view()
if (session.at === 'signed-out') {
  const cashier = session.staff.find((person) => person.demoPin !== null)
  const signed = await shop.signIn(cashier?.staffId ?? '', cashier?.demoPin ?? '')
  if (!signed.ok) throw new Error(signed.fault.code)
}

let random = Number(seed) >>> 0 || 1
const next = (below: number): number => {
  random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
  return random % below
}

const stock = desk.ground.mirror.reading
  .prepare(
    `SELECT a.value AS serial FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.kind IN ('serial', 'vin')
     WHERE u.custody = 'in-stock' AND u.store_id = ? AND u.title = 'ours' AND u.more IS NULL
       AND u.product_id NOT IN (SELECT product_id FROM product_gates) ORDER BY u.id`,
  )
  .pluck()
  .all(desk.ground.place.id) as string[]
// A set wants its numbered parts scanned as well, and a gate wants an answer: these sales are of simple things.
const plain = desk.ground.mirror.reading
  .prepare(
    `SELECT gtin FROM products WHERE tracking = 'none' AND active = 1 AND gtin IS NOT NULL
       AND id NOT IN (SELECT kit_product_id FROM kit_parts) AND id NOT IN (SELECT product_id FROM product_gates) ORDER BY id`,
  )
  .pluck()
  .all() as string[]

process.stdout.write(`selling ${process.pid}\n`)
const told = new Set<string>()
let sold: string | null = null
for (;;) {
  await oneSale()
  if (sold !== null && next(4) === 0) oneReturn(sold)
  sayWhatIsDone()
  await new Promise((resolve) => setImmediate(resolve))
}

/** The till's word that these are done, on a line each: whoever hears it may hand out the receipt. */
function sayWhatIsDone(): void {
  const numbers = desk.ground.store.reading.prepare('SELECT number FROM sales UNION ALL SELECT number FROM returns').pluck().all() as string[]
  for (const number of numbers.filter((one) => !told.has(one))) {
    told.add(number)
    process.stdout.write(`done ${number}\n`)
  }
}

async function oneSale(): Promise<void> {
  desk.go('sale', null)
  const left = desk.view().front
  // The power went while this one was being paid: it is still there, and is finished first.
  if (left.screen === 'sale' && left.sale.at === 'tendering')
    desk.actSale(left.sale.flowId, { do: 'tender', kind: 'cash', given_cents: left.sale.due_cents })
  const serial = stock[next(stock.length)] ?? ''
  shop.scanned({ text: serial, aim: null })
  shop.scanned({ text: plain[next(plain.length)] ?? '', aim: null })
  const { flowId } = frontOf(desk.ground.store.reading)
  if (flowId === null) return
  if (next(3) === 0) await new Promise((resolve) => setTimeout(resolve, next(10)))
  if (!desk.actSale(flowId, { do: 'pay' }).ok) return
  const view = desk.view().front
  if (view.screen !== 'sale' || view.sale.at !== 'tendering') return
  desk.actSale(flowId, { do: 'tender', kind: 'cash', given_cents: view.sale.due_cents })
  sold = serial
}

function oneReturn(serial: string): void {
  const shown = desk.go('return', null)
  // One that wants an approval stays on the counter; the next customer's piece is a return of its own.
  if (shown.ok && shown.value.front.screen === 'return' && shown.value.front.return.at === 'assess')
    void desk.actReturn(shown.value.front.return.flowId, { do: 'start-over' })
  const seen = shop.scanned({ text: serial, aim: null })
  if (!seen.ok || seen.value.front.screen !== 'return' || seen.value.front.return.at !== 'assess') return
  const { flowId, reasonChoices } = seen.value.front.return
  void desk.actReturn(flowId, { do: 'give-reason', reason: reasonChoices[0] ?? '' })
  void desk.actReturn(flowId, { do: 'grade', condition: 'new' })
  void desk.actReturn(flowId, { do: 'refund' })
  // What was paid by card goes back beside the till.
  void desk.actReturn(flowId, { do: 'terminal-read', paid: true })
}
