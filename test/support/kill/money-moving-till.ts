import { startCoreWith } from '../../../electron/core/start-core.ts'
import { readOptions } from '../../../electron/core/options.ts'

/**
 * A till that pays out, gives vouchers and takes them until it is killed. After each act it says on a line what the
 * till has promised to have done: `money-moving-till.ts DATA LIFE`.
 */
const [dataDir = '', life = '0'] = process.argv.slice(2)
const options = readOptions(['--data', dataDir, '--no-open'])
if (options === 'help') throw new Error('no help is wanted')
const { shop } = await startCoreWith(options)
const { desk } = shop
const { session } = desk.view()
if (session.at === 'signed-out') {
  const manager = session.staff.find((person) => person.role === 'manager')
  const signed = await shop.signIn(manager?.staffId ?? '', manager?.demoPin ?? '')
  if (!signed.ok) throw new Error(signed.fault.code)
}
if (desk.view().shift.at === 'closed') desk.actShift({ do: 'open', float_cents: 1_000_000 as never })
const plain = desk.ground.mirror.reading
  .prepare("SELECT gtin FROM products WHERE tracking = 'none' AND active = 1 AND gtin IS NOT NULL AND price_cents > 500 ORDER BY id LIMIT 1")
  .pluck()
  .get() as string

const done = (line: Record<string, string | number>): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
done({ did: 'start' })
for (let n = 0; ; n += 1) {
  const reason = `${life}-${n}`
  if (desk.actShift({ do: 'paid-out', amount_cents: 7 as never, reason }).ok) done({ did: 'paid-out', reason })
  const given = shop.money.giveVoucher({ amount_cents: 500, reason, holder: '' })
  const number = given.ok ? String(given.value.alarm?.params['number'] ?? '') : ''
  if (number !== '') done({ did: 'voucher', number })
  sellFor(number)
  await new Promise((resolve) => setImmediate(resolve))
}

/** The voucher first, then cash; a sale that the power cut left in paying is finished first. */
function sellFor(number: string): void {
  desk.go('sale', null)
  const left = desk.view().front
  if (left.screen !== 'sale') throw new Error(`in front is ${left.screen}`)
  const { flowId } = left.sale
  if (left.sale.at === 'open') {
    shop.scanned({ text: plain, aim: null })
    desk.actSale(flowId, { do: 'pay' })
    shop.scanned({ text: `countermark:voucher:${number}`, aim: null })
  }
  const paying = desk.view().front
  if (paying.screen !== 'sale' || paying.sale.at !== 'tendering') return
  desk.actSale(flowId, { do: 'tender', kind: 'cash', given_cents: paying.sale.due_cents })
  const paid = desk.view().front
  if (paid.screen !== 'sale' || paid.sale.at !== 'paid') return
  for (const { credit, amount_cents } of paid.sale.tenders) if (credit) done({ did: 'spent', number: credit.number, amount_cents })
}
