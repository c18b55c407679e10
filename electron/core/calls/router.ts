import { implement } from '@orpc/server'
import { contract } from '../../../contract/contract.ts'
import type { Result } from '../../../contract/fault.ts'
import type { IdentityChannel } from '../../../contract/identity/identity.ts'
import { cents } from '../../../contract/money.ts'
import type { Seat } from '../../../contract/roles.ts'
import type { CoreShop } from '../core-shop.ts'
import type { ViewFeed } from '../desk/view-feed.ts'
import { explain } from '../scans/explain.ts'
import { guard, refusal } from './guard.ts'
import { latestOnly } from './latest-only.ts'

/** What the channel knows of itself: its seat, fixed by the process that opened the window. */
export interface CallContext {
  readonly seat: Seat
}

/** The ways in which a window hands over a scan, as the resolver knows them. */
const CHANNELS = {
  typed: 'keyboard', wedge: 'scanner', simulated: 'scanner', camera: 'camera', rfid: 'rfid', nfc: 'nfc',
} as const satisfies Record<string, IdentityChannel>

/** The handlers of the contract: thin, and checked for rights before anything else. */
export function routerOf(core: { readonly shop: CoreShop; readonly feed: ViewFeed }) {
  const os = implement(contract)
    .$context<CallContext>()
    .use(({ context, next, procedure }) => {
      const person = context.seat === 'kiosk' ? null : core.shop.desk.person
      const role = context.seat === 'kiosk' ? 'kiosk' : (person?.role ?? null)
      guard({ seat: context.seat, role, rights: person?.rights ?? [] }, procedure['~orpc'].meta)
      return next()
    })
  return os.router({
    desk: {
      view: os.desk.view.handler(() => core.shop.desk.view()),
      changed: os.desk.changed.handler(({ signal }) => latestOnly(() => core.shop.desk.view(), (listener) => core.feed.subscribe(listener), signal)),
      scan: os.desk.scan.handler(({ input }) => valueOf(core.shop.scanned({ text: input.text, aim: input.aim, channel: CHANNELS[input.via], tid: input.tid ?? null }))),
      go: os.desk.go.handler(({ input }) => valueOf(core.shop.desk.go(input.to, input.unitId))),
      setLanguage: os.desk.setLanguage.handler(({ input }) => valueOf(core.shop.desk.setLanguage(input.language))),
    },
    session: {
      signIn: os.session.signIn.handler(async ({ input }) => valueOf(await core.shop.signIn(input.staffId, input.pin))),
      signOut: os.session.signOut.handler(() => core.shop.signOut()),
      setUp: os.session.setUp.handler(async ({ input }) => valueOf(await core.shop.setUp(input))),
    },
    sale: {
      begin: os.sale.begin.handler(() => valueOf(core.shop.desk.beginSale())),
      act: os.sale.act.handler(({ input }) => valueOf(core.shop.desk.actSale(input.flowId, input.action))),
      recall: os.sale.recall.handler(({ input }) => valueOf(core.shop.desk.recall(input.flowId))),
    },
    returns: {
      act: os.returns.act.handler(async ({ input }) => valueOf(await core.shop.desk.actReturn(input.flowId, input.action))),
    },
    check: {
      act: os.check.act.handler(({ input }) => valueOf(core.shop.desk.actCheck(input.flowId, input.action))),
    },
    kiosk: {
      act: os.kiosk.act.handler(({ input }) => valueOf(core.shop.desk.actKiosk(input.action))),
    },
    shift: {
      act: os.shift.act.handler(({ input }) => valueOf(core.shop.desk.actShift(input.action))),
    },
    papers: {
      find: os.papers.find.handler(({ input }) =>
        core.shop.findDocuments(input.text).map(({ id, total_cents, ...rest }) => ({ documentId: id, total_cents: cents(total_cents), ...rest })),
      ),
      view: os.papers.view.handler(({ input }) => valueOf(core.shop.document(input.documentId))),
      reprint: os.papers.reprint.handler(({ input }) => valueOf(core.shop.reprint(input.documentId))),
      warranty: os.papers.warranty.handler(({ input }) => valueOf(core.shop.papers.warranty(input.unitId, input.language))),
      gift: os.papers.gift.handler(({ input }) => valueOf(core.shop.papers.gift(input.documentId, input.language))),
      certificate: os.papers.certificate.handler(({ input }) => valueOf(core.shop.papers.certificate(input, input.language))),
      slip: os.papers.slip.handler(({ input }) => valueOf(core.shop.papers.slip(input.flowId, input.language))),
      print: os.papers.print.handler(({ input }) => {
        valueOf(core.shop.papers.print(input.documentId))
        return core.shop.desk.view()
      }),
      pdf: os.papers.pdf.handler(async ({ input }) => valueOf(await core.shop.papers.pdf(input.documentId, input.format))),
      template: os.papers.template.handler(() => core.shop.papers.template()),
      setTemplate: os.papers.setTemplate.handler(({ input }) => valueOf(core.shop.papers.setTemplate(input))),
      preview: os.papers.preview.handler(({ input }) => core.shop.papers.preview(input.template, input.language)),
      settle: os.papers.settle.handler(({ input }) => valueOf(core.shop.settle(input.jobId, input.fate))),
    },
    units: {
      find: os.units.find.handler(({ input }) => core.shop.findUnits(input.text)),
      timeline: os.units.timeline.handler(({ input }) => valueOf(core.shop.timeline(input.unitId))),
      printLabel: os.units.printLabel.handler(async ({ input }) => valueOf(await core.shop.printLabel(input.unitId))),
      issueNumber: os.units.issueNumber.handler(({ input }) => {
        const { number, left } = valueOf(core.shop.issueNumber(input.unitId))
        return { number, left }
      }),
      bindTag: os.units.bindTag.handler(({ input }) => valueOf(core.shop.bindTag(input))),
    },
    devices: {
      health: os.devices.health.handler(() => core.shop.counter.view()),
      changed: os.devices.changed.handler(({ signal }) =>
        latestOnly(() => core.shop.counter.view(), (listener) => core.feed.subscribe(() => listener(core.shop.counter.view())), signal),
      ),
      look: os.devices.look.handler(() => core.shop.counter.look()),
      use: os.devices.use.handler(async ({ input }) => valueOf(await core.shop.counter.use(input.role, input.address))),
      forget: os.devices.forget.handler(async ({ input }) => valueOf(await core.shop.counter.forget(input.deviceId))),
      traffic: os.devices.traffic.handler(({ input }) => core.shop.counter.traffic(input.deviceId)),
      supportFile: os.devices.supportFile.handler(() => core.shop.counter.supportFile()),
      startTape: os.devices.startTape.handler(async ({ input }) => valueOf(await core.shop.counter.startTape(input.deviceId))),
      stopTape: os.devices.stopTape.handler(({ input }) => valueOf(core.shop.counter.stopTape(input.deviceId))),
      selfTest: os.devices.selfTest.handler(async ({ input }) => valueOf(await core.shop.counter.selfTest(input.deviceId, input.go))),
      judgeTag: os.devices.judgeTag.handler(({ input }) => valueOf(core.shop.counter.judgeTag(input.deviceId, input.tag, input.takes))),
      setUpPad: os.devices.setUpPad.handler(({ input }) => valueOf(core.shop.counter.setUpPad(input.deviceId))),
      practice: os.devices.practice.handler(({ input }) => valueOf(core.shop.counter.practise(input))),
      testPrint: os.devices.testPrint.handler(() => valueOf(core.shop.testPrint())),
      openDrawer: os.devices.openDrawer.handler(async () => valueOf(await core.shop.openDrawer())),
      explain: os.devices.explain.handler(({ input }) => valueOf(explain(input.text, input.hex, core.shop.today()))),
    },
    demo: {
      examples: os.demo.examples.handler(() =>
        core.shop.examples().map((example) => ({ ...example, price_cents: example.price_cents === null ? null : cents(example.price_cents) })),
      ),
      remove: os.demo.remove.handler(async () => valueOf(await core.shop.removeDemo())),
    },
  })
}

/** A refusal becomes the contract's one error; the screen has words for its code. */
function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw refusal(result.fault.code, result.fault.params)
}
